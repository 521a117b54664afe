import type { DataInputView } from '@statewright/bytes';
import { fmix32, mixWord } from './murmur.js';

/*
 * Rows, arrays and maps of SQL are bytes that are read in place. All numbers are LITTLE-endian: Flink writes them in the
 * order of the machine, and every machine that it runs on is little-endian.
 *
 *     row      header: u8 RowKind, then one null bit a field from bit 8 on, lowest bit of a byte first;
 *                as many times 8 bytes as that takes
 *              n x slot of 8 bytes
 *              variable part
 *     array    i32 n
 *              null bits from bit 0 on, as many times 4 bytes as they take
 *              n x element of 1, 2, 4 or 8 bytes; zeros up to a multiple of 8
 *              variable part
 *     map      i32 size of the key array in bytes, key array, value array
 *
 * A slot holds a number, or for values of variable length
 *     inline   (at most 7 bytes) the bytes, and in the last byte 0x80 | length
 *     else     u32 length, u32 offset from the beginning of the row or array
 * Chunks of the variable part start at multiples of 8 and are padded with zeros.
 *
 * Follows `BinaryRowData`, `BinaryArrayData`, `BinaryMapData` and `AbstractBinaryWriter`, Flink 1.20 and 2.3.
 */

/** The row kind takes the first byte of the null bits. */
export const ROW_HEADER_BITS = 8;
export const SLOT = 8;
/** Longest value that fits into its slot. */
export const MAX_INLINE = 7;

/** Bytes of a row before its first slot. */
export function rowHeaderBytes(arity: number): number {
  return Math.floor((arity + 63 + ROW_HEADER_BITS) / 64) * 8;
}

/** Bytes of an array before its first element. */
export function arrayHeaderBytes(count: number): number {
  return 4 + Math.ceil(count / 32) * 4;
}

/** The next multiple of 8. */
export function roundToWord(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

export function isNullBit(bytes: Uint8Array, start: number, bit: number): boolean {
  return (bytes[start + (bit >> 3)]! & (1 << (bit & 7))) !== 0;
}

/** Length of the chunk that a slot points to; 0 when the value is inline. */
export function chunkLength(input: DataInputView, slot: number): number {
  return input.bytes[slot + 7]! >= 0x80 ? 0 : input.data.getUint32(slot, true);
}

/** Where the chunk of a slot starts, as an index into `input.bytes`; BAD_LENGTH when it is not inside `[base, end)`. */
export function chunkStart(
  input: DataInputView,
  base: number,
  end: number,
  slot: number,
  length: number,
  kind: string,
): number {
  const offset = input.data.getUint32(slot + 4, true);
  if (base + offset + length <= end) return base + offset;
  input.pos = slot;
  const reason = `${length} bytes at ${offset} are outside of the ${end - base} bytes of the row or array`;
  throw input.error('BAD_LENGTH', kind, reason, SLOT);
}

/**
 * `hashCode` of a binary row: murmur hash over words of 4 bytes with seed 42; undefined when the bytes are no words.
 * Follows `MurmurHashUtils#hashBytesByWords`, Flink 1.20.
 */
export function binaryRowHash(bytes: Uint8Array): number | undefined {
  if (bytes.length % 4 !== 0) return undefined;
  return fmix32(hashWords(bytes) ^ bytes.length);
}

/** `hashCode` of a BinaryStringData: as of a row, and the bytes left over one by one. Follows `MurmurHashUtils#hashBytes`. */
export function binaryStringHash(bytes: Uint8Array): number {
  let hash = hashWords(bytes);
  for (let i = bytes.length - (bytes.length % 4); i < bytes.length; i++) {
    hash = mixWord(hash, (bytes[i]! << 24) >> 24);
  }
  return fmix32(hash ^ bytes.length);
}

const SEED = 42;

function hashWords(bytes: Uint8Array): number {
  let hash = SEED;
  for (let i = 0; i + 4 <= bytes.length; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    hash = mixWord(hash, word);
  }
  return hash;
}
