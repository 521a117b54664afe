import { LocalFileSystem } from '@statewright/bytes';
import type { Savepoint } from '../model.js';
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

/** Whether a path means the same file in two snapshots. */
export function sameFiles(a: Savepoint, b: Savepoint): boolean {
  return a.fs === b.fs || (a.fs instanceof LocalFileSystem && b.fs instanceof LocalFileSystem);
}

/**
 * Whether two pieces hold the same bytes. Reads no further than the first difference; nothing where both are the same piece of
 * one file, which `sameFiles` says that a path can tell.
 */
export async function equalRanges(a: StreamRange, b: StreamRange, sameFiles: boolean): Promise<boolean> {
  if (a.end - a.start !== b.end - b.start) return false;
  if (sameFiles && a.bytes.file === b.bytes.file && placeOf(a) === placeOf(b)) return true;
  for (let at = 0, size = FIRST; a.start + at < a.end; at += size, size = CHUNK) {
    const [x, y] = await Promise.all([slice(a, at, size), slice(b, at, size)]);
    if (Buffer.compare(x, y) !== 0) return false;
  }
  return true;
}

function placeOf({ bytes, start }: StreamRange): number {
  return bytes.fileOffset + start;
}

function slice({ bytes, start, end }: StreamRange, at: number, size: number): Promise<Uint8Array> {
  return bytes.read(start + at, Math.min(start + at + size, end));
}
