import { DataInputView, readSnappyChunk, snappyChunkSize } from '@statewright/bytes';
import type { StreamBytes } from '../stream-bytes.js';
import type { Tally } from './read-context.js';

/** Bytes that come one piece after the other; each piece belongs to the reader. */
export interface Chunks {
  /** The next piece, never empty; undefined at the end. */
  next(): Promise<Uint8Array | undefined>;
}

/** Size of the first read and of those that follow. */
const FIRST_CHUNK = 64 * 1024;
const CHUNK = 1024 * 1024;

/** Bytes `[start, end)` of a stream; the piece that comes next is being read while one is in use. */
export class RangeChunks implements Chunks {
  private at: number;
  private size = FIRST_CHUNK;
  private ahead: Promise<Uint8Array> | undefined;

  constructor(
    private readonly stream: StreamBytes,
    start: number,
    private readonly end: number,
  ) {
    this.at = start;
  }

  async next(): Promise<Uint8Array | undefined> {
    const reading = this.ahead ?? this.read();
    if (reading === undefined) return undefined;
    const piece = await reading;
    this.ahead = this.read();
    // A failure is for whoever asks for that piece, not for the process.
    this.ahead?.catch(() => {});
    return piece;
  }

  private read(): Promise<Uint8Array> | undefined {
    const from = this.at;
    if (from >= this.end) return undefined;
    this.at = Math.min(from + this.size, this.end);
    this.size = CHUNK;
    return this.stream.read(from, this.at);
  }
}

/** Type byte of the snappy chunk that begins a framed stream. */
const STREAM_IDENTIFIER = 0xff;

/**
 * The uncompressed bytes of snappy-framed streams that lie one behind the other. `next` stops at the end of each stream;
 * `nextStream` goes on to the one behind it.
 */
export class SnappyChunks implements Chunks {
  private input: DataInputView;
  /** The identifier at the current position begins the stream being read, not the next one. */
  private atStart: boolean;

  /** `identified`: the bytes begin with a stream identifier; not so where a reader starts in the middle. */
  constructor(
    private readonly source: Chunks,
    private readonly file: string,
    filePos: number,
    identified: boolean,
    private readonly tally: Tally,
  ) {
    this.input = new DataInputView(new Uint8Array(0), file, filePos);
    this.atStart = identified;
  }

  /** Position in the file of the next compressed byte. */
  get filePos(): number {
    return this.input.filePos;
  }

  async next(): Promise<Uint8Array | undefined> {
    while (await this.fillChunk()) {
      const input = this.input;
      if (input.bytes[input.pos] === STREAM_IDENTIFIER && !this.atStart) return undefined;
      if (this.atStart && input.bytes[input.pos] !== STREAM_IDENTIFIER) {
        throw input.error(
          'BAD_MAGIC',
          'snappy stream identifier',
          'the stream does not start with sNaPpY',
          4,
        );
      }
      this.atStart = false;
      const from = input.pos;
      const block = readSnappyChunk(input);
      this.tally.stored += input.pos - from;
      this.tally.uncompressed += block.length;
      if (block.length > 0) return block;
    }
    return undefined;
  }

  /** Whether another stream follows; its bytes come next then. */
  async nextStream(): Promise<boolean> {
    this.atStart = await this.fillChunk();
    return this.atStart;
  }

  /** Reads on until a whole chunk lies at the position; false at the end of all bytes. */
  private async fillChunk(): Promise<boolean> {
    for (;;) {
      const input = this.input;
      const size = snappyChunkSize(input.bytes, input.pos, input.limit);
      if (size > 0 && size <= input.remaining) return true;
      const more = await this.source.next();
      if (more === undefined) {
        if (input.remaining > 0) readSnappyChunk(input);
        return false;
      }
      this.input = append(input, more, this.file);
    }
  }
}

/** What is left in a view, and more bytes behind it. */
export function append(input: DataInputView, more: Uint8Array, file: string): DataInputView {
  const left = input.bytes.length - input.pos;
  if (left === 0) return new DataInputView(more, file, input.filePos);
  const bytes = new Uint8Array(left + more.length);
  bytes.set(input.bytes.subarray(input.pos));
  bytes.set(more, left);
  return new DataInputView(bytes, file, input.filePos);
}
