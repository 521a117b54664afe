import { Buffer } from 'node:buffer';
import { type DecodeAscii, unrolledAscii } from '../specialize.js';

/** Up to here a string is made from its characters as arguments; beyond, the runtime copies them faster. */
const MAX_UNROLLED = 32;
const HIGH_BITS = 0x80808080;
/** UTF-16 units decoded at a time, and where they are put together. */
export const UNIT_CHUNK = 4096;

type Slice = (this: Uint8Array, start: number, end: number) => string;
const latin1Slice = (Buffer.prototype as unknown as { latin1Slice: Slice }).latin1Slice;

const decodeShort: DecodeAscii = unrolledAscii(MAX_UNROLLED) ?? decodeByScan;

/** `bytes[start..end)` as text when all of them are below 0x80, else undefined. `data` is a view on `bytes`. */
export function decodeAscii(
  bytes: Uint8Array,
  data: DataView,
  start: number,
  end: number,
): string | undefined {
  if (end - start <= MAX_UNROLLED) return decodeShort(bytes, start, end);
  return isAscii(data, start, end) ? latin1Slice.call(bytes, start, end) : undefined;
}

function decodeByScan(bytes: Uint8Array, start: number, end: number): string | undefined {
  for (let p = start; p < end; p++) if (bytes[p]! >= 0x80) return undefined;
  return latin1Slice.call(bytes, start, end);
}

function isAscii(data: DataView, start: number, end: number): boolean {
  let p = start;
  for (; p + 16 <= end; p += 16) {
    const a = data.getInt32(p) | data.getInt32(p + 4) | data.getInt32(p + 8) | data.getInt32(p + 12);
    if ((a & HIGH_BITS) !== 0) return false;
  }
  for (; p < end; p++) if (data.getInt8(p) < 0) return false;
  return true;
}

/** The memory that units are put into, in the order of bytes that `unitText` expects. */
export const units = Buffer.alloc(2 * UNIT_CHUNK);

/** The first `count` of `units` as text; unpaired surrogates stay what they are. */
export function unitText(count: number): string {
  return units.toString('utf16le', 0, 2 * count);
}
