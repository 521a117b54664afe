import { createRequire } from 'node:module';

type Crc32c = (bytes: Uint8Array) => number;

/** CRC-32C (Castagnoli), polynomial 1EDC6F41, as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array): number {
  implementation ??= loadNative() ?? crc32cByTable;
  return implementation(bytes);
}

let implementation: Crc32c | undefined;

/** Loaded at first use, because most runs never need it; undefined where the optional package has no binary. */
function loadNative(): Crc32c | undefined {
  try {
    const native = createRequire(import.meta.url)('@node-rs/crc32') as { crc32c: Crc32c };
    return (bytes) => native.crc32c(bytes);
  } catch {
    return undefined;
  }
}

let tables: readonly Int32Array[] | undefined;

/** The same without a native package: four bytes a step, with four tables. */
export function crc32cByTable(bytes: Uint8Array): number {
  tables ??= makeTables();
  const [t0, t1, t2, t3] = tables as readonly [Int32Array, Int32Array, Int32Array, Int32Array];
  let crc = -1;
  let p = 0;
  for (const end = bytes.length - 3; p < end; p += 4) {
    crc ^= bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16) | (bytes[p + 3]! << 24);
    crc = t3[crc & 0xff]! ^ t2[(crc >>> 8) & 0xff]! ^ t1[(crc >>> 16) & 0xff]! ^ t0[crc >>> 24]!;
  }
  for (; p < bytes.length; p++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[p]!) & 0xff]!;
  return ~crc >>> 0;
}

function makeTables(): readonly Int32Array[] {
  const made = [new Int32Array(256)];
  for (let n = 0; n < 256; n++) {
    let crc = n;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    made[0]![n] = crc;
  }
  for (let k = 1; k < 4; k++) {
    made.push(made[k - 1]!.map((crc) => (crc >>> 8) ^ made[0]![crc & 0xff]!));
  }
  return made;
}

/** The masked form that snappy's framing stores: rotated right by 15 bits, plus a constant. Unsigned 32-bit. */
export function maskCrc32c(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
