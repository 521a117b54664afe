import type { DataInputView } from './data-input-view.js';

const KIND = 'snappy block';

/*
 * A raw snappy block, as `org.xerial.snappy.Snappy` writes it:
 *   length   unsigned LEB128 of up to 5 bytes: bytes when uncompressed
 *   elements until the block ends; the low 2 bits of an element's first byte tell its kind:
 *     0 literal: upper 6 bits are length - 1 when below 60, else 60..63 say that 1..4 bytes LE of length - 1 follow;
 *                then the bytes
 *     1 copy: bits 2-4 are length - 4, bits 5-7 are bits 8-10 of the offset; 1 byte with its low bits follows
 *     2 copy: upper 6 bits are length - 1; u16 LE offset follows
 *     3 copy: upper 6 bits are length - 1; u32 LE offset follows
 *   A copy repeats `length` bytes from `offset` bytes back and may overlap what it writes.
 */

/** The uncompressed length that the block starting at the view's position claims; BAD_LENGTH beyond `maxLength`. */
export function readSnappyLength(input: DataInputView, maxLength: number): number {
  let length = 0;
  for (let shift = 0; shift <= 28; shift += 7) {
    const byte = input.readUnsignedByte(KIND);
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) {
      if (length <= maxLength) return length;
      throw input.error(
        'BAD_LENGTH',
        KIND,
        `the block claims ${length} bytes but at most ${maxLength} are allowed`,
        0,
      );
    }
  }
  throw input.error('BAD_LENGTH', KIND, 'the block claims a length of more than 5 bytes', 0);
}

/**
 * Uncompresses the block that fills the view from its position to its limit. The result has its own memory, never more
 * than `maxLength` bytes. BAD_VALUE when the elements do not give exactly the length that the block claims.
 */
export function readSnappyBlock(input: DataInputView, maxLength: number): Uint8Array {
  const length = readSnappyLength(input, maxLength);
  const out = new Uint8Array(length);
  const made = uncompress(input.bytes, input.pos, input.limit, out);
  if (made !== length) {
    const reason =
      made < 0
        ? `an element of the block reaches outside the block or its ${length} bytes`
        : `the block claims ${length} bytes but holds ${made}`;
    throw input.error('BAD_VALUE', KIND, reason, input.remaining);
  }
  input.pos = input.limit;
  return out;
}

/** Bytes made, or -1 when an element does not fit. */
function uncompress(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  let p = start;
  let o = 0;
  while (p < end) {
    const tag = bytes[p++]!;
    let length = (tag >> 2) + 1;
    let offset = 0;
    switch (tag & 3) {
      case 0: {
        if (length > 60) {
          const extra = length - 60;
          if (p + extra > end) return -1;
          length = 1 + littleEndian(bytes, p, extra);
          p += extra;
        }
        if (length > end - p || length > out.length - o) return -1;
        copyLiteral(bytes, p, out, o, length);
        p += length;
        o += length;
        continue;
      }
      case 1:
        if (p + 1 > end) return -1;
        length = ((tag >> 2) & 7) + 4;
        offset = ((tag >> 5) << 8) | bytes[p++]!;
        break;
      case 2:
        if (p + 2 > end) return -1;
        offset = bytes[p]! | (bytes[p + 1]! << 8);
        p += 2;
        break;
      default:
        if (p + 4 > end) return -1;
        offset = littleEndian(bytes, p, 4);
        p += 4;
    }
    if (offset === 0 || offset > o || length > out.length - o) return -1;
    copyBack(out, o, offset, length);
    o += length;
  }
  return o;
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
  return value;
}

function copyLiteral(from: Uint8Array, at: number, out: Uint8Array, o: number, length: number): void {
  if (length > 48) {
    out.set(from.subarray(at, at + length), o);
    return;
  }
  for (let i = 0; i < length; i++) out[o + i] = from[at + i]!;
}

/** Byte by byte, because an overlapping copy reads what it has just written. Lengths are at most 64. */
function copyBack(out: Uint8Array, o: number, offset: number, length: number): void {
  for (let i = 0, from = o - offset; i < length; i++) out[o + i] = out[from + i]!;
}
