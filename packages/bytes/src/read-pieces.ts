import type { FileSystem } from './byte-source.js';

/** Enough that a system call costs little beside the bytes it moves. */
const PIECE_BYTES = 1 << 20;

/**
 * Bytes `[start, end)` of a file in pieces of a megabyte, the next of which is read while one is used. A piece is good until the
 * next one is asked for: two of them share their memory, since new memory costs more than the bytes that are read into it.
 */
export async function* readPieces(
  fs: Pick<FileSystem, 'readRange'>,
  path: string,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, void> {
  let used: Uint8Array | undefined;
  let free: Uint8Array | undefined;
  const read = (at: number): Promise<Uint8Array> => {
    free ??= new Uint8Array(Math.min(PIECE_BYTES, end - start));
    const reading = fs.readRange(path, at, Math.min(at + PIECE_BYTES, end), free);
    // Whoever waits for the piece gets the failure; until then nobody does.
    reading.catch(() => {});
    return reading;
  };
  let reading = start < end ? read(start) : undefined;
  for (let at = start; reading !== undefined; ) {
    const piece: Uint8Array = await reading;
    at += piece.length;
    [used, free] = [free, used];
    reading = at < end ? read(at) : undefined;
    yield piece;
  }
}
