import type { StreamBytes } from '../stream-bytes.js';

/** Bytes compared at first, and at a time from then on: what differs mostly does so soon. */
const FIRST = 1 << 12;
const CHUNK = 1 << 20;

/** A piece of a stream: bytes `[start, end)`. */
export interface StreamRange {
  readonly bytes: StreamBytes;
  readonly start: number;
  readonly end: number;
}

/** Whether two pieces hold the same bytes. Reads no further than the first difference; nothing where both are the same piece of one file. */
export async function equalRanges(a: StreamRange, b: StreamRange): Promise<boolean> {
  if (a.end - a.start !== b.end - b.start) return false;
  if (a.bytes.file === b.bytes.file && a.bytes.fileOffset + a.start === b.bytes.fileOffset + b.start)
    return true;
  for (let at = 0, size = FIRST; a.start + at < a.end; at += size, size = CHUNK) {
    const [x, y] = await Promise.all([slice(a, at, size), slice(b, at, size)]);
    if (Buffer.compare(x, y) !== 0) return false;
  }
  return true;
}

function slice({ bytes, start, end }: StreamRange, at: number, size: number): Promise<Uint8Array> {
  return bytes.read(start + at, Math.min(start + at + size, end));
}
