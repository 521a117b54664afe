import { DataInputView, StatewrightError } from '@statewright/bytes';
import type { StreamBytes } from '../stream-bytes.js';

/** How much of a stream is read at first in search of its header. */
const FIRST_READ = 16 * 1024;
/** No header is larger than this. */
export const MAX_HEADER = 64 * 1024 * 1024;

/** What a header reader gave, and the bytes it read it from. */
export interface HeaderRead<H> {
  readonly header: H;
  /** Where reading ended: the header's length when it could be read whole. */
  readonly length: number;
  /** The first bytes of the stream, at least `length` of them. */
  readonly bytes: Uint8Array;
}

/**
 * Reads a stream's header from a range at its start, and from a larger one while the header does not fit into it.
 * `bound` is the position of the first data where the handle tells it: no header reaches beyond it.
 */
export async function readHeader<H>(
  stream: StreamBytes,
  bound: number,
  read: (input: DataInputView) => H,
): Promise<HeaderRead<H>> {
  const most = Math.min(bound, stream.size, MAX_HEADER);
  for (let size = Math.min(FIRST_READ, most); ; size = Math.min(size * 8, most)) {
    const bytes = await stream.read(0, size);
    const input = new DataInputView(bytes, stream.file, stream.fileOffset);
    try {
      const header = read(input);
      return { header, length: input.pos, bytes };
    } catch (error) {
      if (size === most || !mayBeCutShort(error)) throw error;
    }
  }
}

/** A length that does not fit may be right and the window too small. */
function mayBeCutShort(error: unknown): boolean {
  return error instanceof StatewrightError && (error.code === 'TRUNCATED' || error.code === 'BAD_LENGTH');
}
