import { DataOutputView, SnappyFramedEncoder } from '@statewright/bytes';
import type { StreamOutput } from './stream-output.js';

/** Bytes that are collected before they are written. */
const FLUSH = 1024 * 1024;

/**
 * Writes key groups of a heap stream, see `heapEntries` for the grammar: every key group of the range is there, and each
 * has every state of the header once.
 *
 * Follows `HeapSnapshotStrategy` (Flink 2.3).
 */
export class HeapWriter {
  readonly offsets: number[];
  /** Entries of the segment that was begun with `beginSegment`. */
  readonly body = new DataOutputView(64 * 1024);
  private readonly seen = new Set<number>();
  private stateId = 0;
  private encoder: SnappyFramedEncoder | undefined;

  constructor(
    private readonly output: StreamOutput,
    private readonly compressed: boolean,
    private readonly range: { readonly start: number; readonly end: number },
    private readonly states: number,
  ) {
    this.offsets = new Array<number>(range.end - range.start + 1).fill(0);
  }

  beginGroup(keyGroup: number): void {
    this.seen.clear();
    this.offsets[keyGroup - this.range.start] = this.output.position;
    this.output.out.writeInt(keyGroup);
  }

  /** Begins a segment whose entries will be counted: they go into `body`. */
  beginSegment(stateId: number): void {
    this.stateId = stateId;
    this.body.clear();
  }

  endSegment(count: number): void {
    this.beginCounted(this.stateId, count);
    this.write(this.body.view());
    this.endCounted();
  }

  /** Begins a segment whose number of entries is known. */
  beginCounted(stateId: number, count: number): void {
    this.seen.add(stateId);
    const head = new DataOutputView(6);
    head.writeShort(stateId);
    head.writeInt(count);
    if (this.compressed) this.encoder = new SnappyFramedEncoder(this.output.out);
    this.write(head.view());
  }

  /** Bytes of whole entries of a counted segment. */
  write(bytes: Uint8Array): void {
    if (this.encoder === undefined) this.output.out.writeBytes(bytes);
    else this.encoder.write(bytes);
  }

  endCounted(): void {
    this.encoder?.end();
    this.encoder = undefined;
  }

  /** Ends a key group: states that had no segment get an empty one. */
  endGroup(): void {
    for (let id = 0; id < this.states; id++) {
      if (this.seen.has(id)) continue;
      this.beginCounted(id, 0);
      this.endCounted();
    }
  }

  /** Gives away what was written, once it is much. */
  async flush(): Promise<void> {
    const { out } = this.output;
    if (out.length > FLUSH) await this.output.flush(out.length);
  }
}
