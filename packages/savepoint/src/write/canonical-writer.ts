import { DataOutputView, SnappyFramedEncoder } from '@statewright/bytes';
import { END_OF_KEY_GROUP, META_DATA_FOLLOWS } from '../entries/key-group-frames.js';
import { keyGroupPrefixBytes } from '../key-groups.js';
import type { StreamOutput } from './stream-output.js';

const NO_STATE = -1;
/** Bytes that are collected before they are compressed or written. */
const FLUSH = 1024 * 1024;

/** Takes the frames of canonical streams: keys with their key-group prefix, and values, both with their lengths. */
export interface FrameWriter {
  /** Frames are written here, between `beginFrame` and `endFrame`. */
  readonly body: DataOutputView;
  /** Bytes of the key-group prefix that its keys get. */
  readonly prefixBytes: number;
  beginGroup(keyGroup: number): void;
  /** Begins a frame of a state: the caller writes length and key, then length and value. */
  beginFrame(stateId: number): void;
  /** The key-group prefix of a composite key. */
  writePrefix(): void;
  endFrame(): void;
  /** Whole frames of one state, from a stream with a prefix of the same length or not; the last begins at `last`. */
  writeFrames(stateId: number, bytes: Uint8Array, start: number, end: number, last: number): void;
  endGroup(): void;
}

/**
 * Writes key groups of a canonical stream, see `canonicalEntries` for the grammar. Only the last entry of a state says that
 * a state id follows, which shows when another state begins: so the last entry's first byte is marked afterwards, and bytes
 * from it on are not given away before. Key groups without entries take no bytes and have the offset 0.
 *
 * Follows `FullSnapshotAsyncWriter` (Flink 2.3).
 */
export class CanonicalWriter implements FrameWriter {
  readonly offsets: number[];
  /** Frames of the current key group that are not given away yet. */
  readonly body: DataOutputView;
  private encoder: SnappyFramedEncoder | undefined;
  private keyGroup = 0;
  private stateId = NO_STATE;
  /** Index in `body` of the last entry's first key byte; -1 before the first one. */
  private lastKey = -1;
  readonly prefixBytes: number;

  constructor(
    private readonly output: StreamOutput,
    private readonly compressed: boolean,
    private readonly range: { readonly start: number; readonly end: number },
    maxParallelism: number,
  ) {
    this.offsets = new Array<number>(range.end - range.start + 1).fill(0);
    this.prefixBytes = keyGroupPrefixBytes(maxParallelism);
    this.body = compressed ? new DataOutputView(FLUSH) : output.out;
  }

  beginGroup(keyGroup: number): void {
    this.keyGroup = keyGroup;
    this.stateId = NO_STATE;
    this.lastKey = -1;
  }

  beginFrame(stateId: number): void {
    if (stateId !== this.stateId) this.beginState(stateId);
    this.lastKey = this.body.length + 4;
  }

  private beginState(stateId: number): void {
    if (this.stateId === NO_STATE) {
      this.offsets[this.keyGroup - this.range.start] = this.output.position;
      if (this.compressed) this.encoder = new SnappyFramedEncoder(this.output.out);
    } else {
      this.body.markByte(this.lastKey, META_DATA_FOLLOWS, true);
    }
    this.body.writeShort(stateId);
    this.stateId = stateId;
  }

  endFrame(): void {
    // Where it ends shows when the next one begins.
  }

  writePrefix(): void {
    if (this.prefixBytes === 1) this.body.writeByte(this.keyGroup);
    else this.body.writeShort(this.keyGroup);
  }

  writeFrames(stateId: number, bytes: Uint8Array, start: number, end: number, last: number): void {
    this.beginFrame(stateId);
    this.lastKey += last - start;
    this.body.writeRange(bytes, start, end);
    this.body.markByte(this.lastKey, META_DATA_FOLLOWS, false);
  }

  endGroup(): void {
    if (this.stateId === NO_STATE) return;
    const { body } = this;
    body.markByte(this.lastKey, META_DATA_FOLLOWS, true);
    body.writeShort(END_OF_KEY_GROUP);
    if (this.encoder !== undefined) {
      this.encoder.write(body.view());
      body.clear();
      this.encoder.end();
      this.encoder = undefined;
    }
    this.stateId = NO_STATE;
    this.lastKey = -1;
  }

  /** Whether `flush` should be called. */
  get isFull(): boolean {
    return this.body.length > FLUSH || this.output.out.length > FLUSH;
  }

  /** Gives away what will not be changed any more. */
  async flush(): Promise<void> {
    const { body, lastKey, encoder } = this;
    const done = lastKey < 0 ? body.length : lastKey - 4;
    if (encoder !== undefined) {
      encoder.write(body.view().subarray(0, done));
      body.discard(done);
      await this.output.flush(this.output.out.length);
    } else {
      await this.output.flush(done);
    }
    if (lastKey >= 0) this.lastKey -= done;
  }
}
