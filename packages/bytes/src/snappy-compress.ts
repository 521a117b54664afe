import type { DataOutputView } from './data-output-view.js';

/** Copies reach back at most this far, so that each offset fits into two bytes. */
const WINDOW = 1 << 16;
const HASH_BITS = 14;

/**
 * Writes one raw snappy block (grammar in `snappy-block.ts`): greedy matches of at least 4 bytes found by a hash table,
 * in pieces of 64 KiB as the reference compressor does. The same input always gives the same bytes.
 */
export function writeSnappyBlock(out: DataOutputView, bytes: Uint8Array): void {
  writeLength(out, bytes.length);
  const table = new Uint16Array(1 << HASH_BITS);
  for (let start = 0; start < bytes.length; start += WINDOW) {
    if (start > 0) table.fill(0);
    compressPiece(out, bytes.subarray(start, start + WINDOW), table);
  }
}

function writeLength(out: DataOutputView, length: number): void {
  let rest = length;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) out.writeByte((rest & 0x7f) | 0x80);
  out.writeByte(rest);
}

function compressPiece(out: DataOutputView, piece: Uint8Array, table: Uint16Array): void {
  const lastStart = piece.length - 4;
  let literalStart = 0;
  let at = 1;
  let misses = 32;
  while (at <= lastStart) {
    const word = wordAt(piece, at);
    const slot = Math.imul(word, 0x1e35a7bd) >>> (32 - HASH_BITS);
    const candidate = table[slot]!;
    table[slot] = at;
    if (candidate >= at || wordAt(piece, candidate) !== word) {
      // The longer nothing repeats, the larger the steps: incompressible bytes are passed over quickly.
      at += misses++ >> 5;
      continue;
    }
    misses = 32;
    writeLiteral(out, piece, literalStart, at);
    const length = 4 + commonLength(piece, candidate + 4, at + 4);
    writeCopies(out, at - candidate, length);
    at += length;
    literalStart = at;
  }
  writeLiteral(out, piece, literalStart, piece.length);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function commonLength(bytes: Uint8Array, a: number, b: number): number {
  let length = 0;
  while (b + length < bytes.length && bytes[a + length] === bytes[b + length]) length++;
  return length;
}

function writeLiteral(out: DataOutputView, bytes: Uint8Array, start: number, end: number): void {
  const length = end - start;
  if (length === 0) return;
  const n = length - 1;
  if (n < 60) {
    out.writeByte(n << 2);
  } else if (n < 0x100) {
    out.writeByte(60 << 2);
    out.writeByte(n);
  } else {
    out.writeByte(61 << 2);
    out.writeByte(n & 0xff);
    out.writeByte(n >> 8);
  }
  out.writeBytes(bytes.subarray(start, end));
}

/** One copy element holds 64 bytes at most, and none shorter than 4 may be left over. */
function writeCopies(out: DataOutputView, offset: number, length: number): void {
  let rest = length;
  while (rest >= 68) {
    writeCopy(out, offset, 64);
    rest -= 64;
  }
  if (rest > 64) {
    writeCopy(out, offset, 60);
    rest -= 60;
  }
  writeCopy(out, offset, rest);
}

function writeCopy(out: DataOutputView, offset: number, length: number): void {
  if (length < 12 && offset < 2048) {
    out.writeByte(1 | ((length - 4) << 2) | ((offset >> 8) << 5));
    out.writeByte(offset & 0xff);
  } else {
    out.writeByte(2 | ((length - 1) << 2));
    out.writeByte(offset & 0xff);
    out.writeByte(offset >> 8);
  }
}
