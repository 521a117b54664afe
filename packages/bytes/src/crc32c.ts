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

/** The masked form that snappy's framing stores: rotated right by 15 bits, plus a constant. Unsigned 32-bit. */
export function maskCrc32c(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
