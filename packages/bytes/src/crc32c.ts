import { createRequire } from 'node:module';

type Crc32 = typeof import('@node-rs/crc32');

let library: Crc32 | undefined;

/**
 * CRC-32C (Castagnoli), polynomial 1EDC6F41, as an unsigned 32-bit number; `before` is that of the bytes in front of these.
 * The package is loaded at first use.
 */
export function crc32c(bytes: Uint8Array, before = 0): number {
  library ??= createRequire(import.meta.url)('@node-rs/crc32') as Crc32;
  return library.crc32c(bytes as Buffer, before);
}

/** The polynomial of CRC-32C, reflected: the coefficient of x^31 is bit 0. */
const POLYNOMIAL = 0x82f63b78;
/** The polynomial 1, and x^8, reflected. */
const ONE = 0x80000000;
const X_TO_8 = 0x00800000;

/** CRC-32C of two pieces one behind the other, from those of each and the length of the second in bytes. */
export function combineCrc32c(first: number, second: number, secondBytes: number): number {
  let shift = ONE;
  let power = X_TO_8;
  for (let bytes = secondBytes; bytes > 0; bytes = Math.floor(bytes / 2)) {
    if (bytes % 2 === 1) shift = multiply(power, shift);
    power = multiply(power, power);
  }
  return (multiply(shift, first) ^ second) >>> 0;
}

/** The product of two polynomials modulo CRC-32C's. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= shifted;
    shifted = (shifted & 1) !== 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
  }
  return product >>> 0;
}

/** The masked form that snappy's framing stores: rotated right by 15 bits, plus a constant. Unsigned 32-bit. */
export function maskCrc32c(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
