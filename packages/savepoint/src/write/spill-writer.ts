import { DataInputView, DataOutputView, type FileWriter, type StatewrightError } from '@statewright/bytes';
import type { Codec } from '@statewright/serializers';
import { mayRunToLimit } from '../entries/may-run.js';
import { keyGroupFor, keyGroupPrefixBytes } from '../key-groups.js';
import type { FrameWriter } from './canonical-writer.js';
import { cannotRewrite } from './new-state.js';
import { RunWriter } from './sorted-run.js';

/** How the keys of a state are read to find their new key group. */
export interface SpillState {
  readonly name: string;
  readonly key: Codec;
  /** Class of the key's serializer snapshot, for messages. */
  readonly keyClass: string;
  /** Bytes before the key: those of a timer's timestamp. */
  readonly keyAt: number;
  /** Whether keys are hashed; otherwise they stay in their key groups. */
  readonly hashed: boolean;
  /** The old max parallelism, where the old key groups tell whether hashes are right. */
  readonly check: number | undefined;
}

/** A frame needs at least that many bytes; so many are there at most. */
const LEAST_FRAME = 9;

/**
 * Collects frames in memory and writes them into runs sorted by their new key groups and states; within both they stay in
 * the order in which they came.
 */
export class SpillWriter implements FrameWriter {
  readonly body: DataOutputView;
  readonly prefixBytes: number;
  private starts: Float64Array;
  private buckets: Uint32Array;
  private frames = 0;
  private keyGroup = 0;
  private stateId = 0;
  private start = 0;
  private view = new DataInputView(new Uint8Array(0));
  /** The last key that was hashed: its bytes in `body`, and its key group. */
  private lastKey = -1;
  private lastKeyBytes = 0;
  private lastGroup = 0;
  private lastFrom = -1;

  constructor(
    private readonly states: readonly SpillState[],
    private readonly maxParallelism: number,
    private readonly fromPrefixBytes: number,
    private readonly sortBytes: number,
    private readonly create: (run: number) => Promise<FileWriter>,
  ) {
    this.prefixBytes = keyGroupPrefixBytes(maxParallelism);
    this.body = new DataOutputView(Math.min(sortBytes, 1024 * 1024));
    this.starts = new Float64Array(1024);
    this.buckets = new Uint32Array(1024);
    const closed = states.find(({ hashed, key }) => hashed && mayRunToLimit(key));
    if (closed !== undefined) throw withoutHash(closed, maxParallelism);
  }

  beginGroup(keyGroup: number): void {
    this.keyGroup = keyGroup;
  }

  beginFrame(stateId: number): void {
    this.stateId = stateId;
    this.start = this.body.length;
  }

  /** Is filled in when the key is there. */
  writePrefix(): void {
    if (this.prefixBytes === 1) this.body.writeByte(0);
    else this.body.writeShort(0);
  }

  endFrame(): void {
    const { body, start } = this;
    const keyGroup = this.states[this.stateId]!.hashed ? this.hashedGroup() : this.keyGroup;
    if (this.prefixBytes === 1) {
      body.putByte(start + 4, keyGroup);
    } else {
      body.putByte(start + 4, keyGroup >> 8);
      body.putByte(start + 5, keyGroup & 0xff);
    }
    if (this.frames === this.starts.length) this.growIndex();
    this.starts[this.frames] = start;
    this.buckets[this.frames++] = keyGroup * this.states.length + this.stateId;
  }

  private growIndex(): void {
    const size = Math.max(this.frames * 2, Math.min(this.body.length / LEAST_FRAME, 1 << 16));
    const starts = new Float64Array(size);
    starts.set(this.starts);
    this.starts = starts;
    const buckets = new Uint32Array(size);
    buckets.set(this.buckets);
    this.buckets = buckets;
  }

  /** The new key group of the frame that was written last. Entries of one map have one key, which is hashed once. */
  private hashedGroup(): number {
    const { body, start, prefixBytes } = this;
    const state = this.states[this.stateId]!;
    const memory = body.memory;
    const key = start + 4 + prefixBytes + state.keyAt;
    if (this.lastFrom === this.keyGroup && this.isLastKey(memory, key)) return this.lastGroup;
    if (this.view.bytes !== memory) this.view = new DataInputView(memory, 'a new key');
    const { view } = this;
    view.pos = key;
    view.limit = start + 4 + view.data.getInt32(start);
    const hash = state.key.hash?.(state.key.read(view));
    if (hash === undefined) throw withoutHash(state, this.maxParallelism);
    const { check } = state;
    if (check !== undefined && keyGroupFor(hash, check) !== this.keyGroup) {
      throw wrongHash(state, keyGroupFor(hash, check), this.keyGroup);
    }
    this.lastKey = key;
    this.lastKeyBytes = view.pos - key;
    this.lastFrom = this.keyGroup;
    this.lastGroup = keyGroupFor(hash, this.maxParallelism);
    return this.lastGroup;
  }

  private isLastKey(memory: Uint8Array, key: number): boolean {
    const { lastKey, lastKeyBytes, body } = this;
    if (lastKey < 0 || key + lastKeyBytes > body.length || lastKeyBytes === 0) return false;
    for (let i = 0; i < lastKeyBytes; i++) if (memory[lastKey + i] !== memory[key + i]) return false;
    return true;
  }

  writeFrames(stateId: number, bytes: Uint8Array, start: number, end: number): void {
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { body, fromPrefixBytes, prefixBytes } = this;
    for (let at = start; at < end; ) {
      const keyEnd = at + 4 + data.getInt32(at);
      const valueEnd = keyEnd + 4 + data.getInt32(keyEnd);
      this.beginFrame(stateId);
      body.writeInt(keyEnd - at - 4 - fromPrefixBytes + prefixBytes);
      this.writePrefix();
      body.writeRange(bytes, at + 4 + fromPrefixBytes, valueEnd);
      this.endFrame();
      at = valueEnd;
    }
  }

  endGroup(): void {
    // Frames of all key groups lie together until they are sorted.
  }

  get isFull(): boolean {
    return this.body.length + this.frames * 12 > this.sortBytes * RESERVE;
  }

  private runs = 0;

  /** Writes what was collected as a run. */
  async flush(): Promise<void> {
    if (this.frames === 0) return;
    const run = new RunWriter(await this.create(this.runs++));
    const { order, bounds } = this.sorted();
    const states = this.states.length;
    const { memory } = this.body;
    for (let bucket = 0; bucket + 1 < bounds.length; bucket++) {
      const [from, to] = [bounds[bucket]!, bounds[bucket + 1]!];
      if (from === to) continue;
      await run.block(Math.floor(bucket / states), bucket % states, memory, order, from, to);
    }
    await run.finish();
    this.body.clear();
    this.frames = 0;
    this.lastKey = -1;
  }

  /** The frames' places by key group and state, and where each begins among them: a counting sort, which keeps their order. */
  private sorted(): { order: Float64Array; bounds: Uint32Array } {
    const { buckets, starts, frames } = this;
    const count = this.maxParallelism * this.states.length;
    const bounds = new Uint32Array(count + 1);
    for (let i = 0; i < frames; i++) bounds[buckets[i]! + 1]!++;
    for (let i = 0; i < count; i++) bounds[i + 1]! += bounds[i]!;
    const next = bounds.slice();
    const order = new Float64Array(frames);
    for (let i = 0; i < frames; i++) order[next[buckets[i]!]!++] = starts[i]!;
    return { order, bounds };
  }
}

/** Memory grows by doubling, and sorting needs some of its own. */
const RESERVE = 0.5;

function withoutHash({ name, keyClass }: SpillState, maxParallelism: number): StatewrightError {
  const reason = `the keys of state ${JSON.stringify(name)} (${keyClass}) do not tell their Java hash code, so that their key groups of ${maxParallelism} cannot be found`;
  return cannotRewrite(
    reason,
    'keep the max parallelism and the keys of this operator, or let its job write the state anew',
  );
}

function wrongHash({ name, keyClass }: SpillState, computed: number, found: number): StatewrightError {
  const reason = `a key of state ${JSON.stringify(name)} (${keyClass}) lies in key group ${found} but its hash code gives ${computed}: its class has a hash code of its own`;
  return cannotRewrite(
    reason,
    'keep the max parallelism and the keys of this operator, or let its job write the state anew',
  );
}
