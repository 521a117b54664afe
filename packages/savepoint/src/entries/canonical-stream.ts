import type { DataInputView } from '@statewright/bytes';
import { keyGroupPrefixBytes } from '../key-groups.js';
import type { StateEntry, StateStream } from '../model.js';
import type { StreamBytes } from '../stream-bytes.js';
import { CanonicalEntries, type RawEntry } from './canonical-entries.js';
import { RangeChunks, SnappyChunks } from './chunks.js';
import {
  badLength,
  bytesBehindEnd,
  bytesNeeded,
  END_OF_KEY_GROUP,
  expectKeyGroup,
  expectStateId,
  META_DATA_FOLLOWS,
} from './key-group-frames.js';
import {
  contiguousRuns,
  declaredStates,
  inFilter,
  type KeyGroupRange,
  keyGroupRanges,
} from './key-group-plan.js';
import type { ReadContext, Tally } from './read-context.js';
import type { StatePlan } from './state-plan.js';
import { Window } from './window.js';

/**
 * The entries of a canonical stream, in batches.
 *
 *   for each key group with data, at its offset (a snappy-framed stream of its own when compressed):
 *     i16  state id
 *     repeat:
 *       i32  key length, then a composite key; bit 0x80 of its first byte says that a state id follows the entry
 *       i32  value length, then the value
 *       i16  only behind such an entry: the next state id, or 0xFFFF at the end of the key group
 *
 * Follows `FullSnapshotAsyncWriter` and `FullSnapshotRestoreOperation` (Flink 2.3).
 */
export async function* canonicalEntries(
  stream: StateStream,
  bytes: StreamBytes,
  plans: readonly (StatePlan | undefined)[],
  context: ReadContext,
): AsyncGenerator<StateEntry[]> {
  const groups = keyGroupRanges(stream, bytes).filter((group) => inFilter(group, context.keyGroups));
  const reader = new CanonicalReader(stream, bytes.file, plans, context);
  const oneByOne = stream.compressed || context.leaveOut !== undefined;
  const runs = oneByOne ? groups.map((group) => [group]) : contiguousRuns(groups);
  for (const run of runs) {
    const leaveOut = await context.leaveOut?.(run[0]!.keyGroup);
    if (leaveOut === 'all') continue;
    reader.leaveOut = leaveOut;
    reader.begin(run, windowOver(run, bytes, stream.compressed, context.tally), bytes, stream.compressed);
    for (;;) {
      const needed = reader.decode();
      if (reader.full || needed < 0) {
        const batch = reader.take();
        if (batch.length > 0) yield batch;
      }
      if (needed < 0) break;
      if (needed > 0) await reader.fill(needed);
    }
  }
}

/** A window on key groups that lie one behind the other; of a compressed stream on one. */
export function windowOver(
  run: readonly KeyGroupRange[],
  bytes: StreamBytes,
  compressed: boolean,
  tally: Tally,
): Window {
  const start = run[0]!.start;
  const chunks = new RangeChunks(bytes, start, run.at(-1)!.end);
  const filePos = bytes.fileOffset + start;
  if (!compressed) return new Window(chunks, bytes.file, filePos);
  const name = `${bytes.file} (uncompressed from ${filePos})`;
  return new Window(new SnappyChunks(chunks, bytes.file, filePos, true, tally), name, 0);
}

/** In place of a state id: one must come next; the group must end. */
const EXPECT_STATE_ID = -1;
const EXPECT_END = -2;

/** Walks the frames of one run of key groups, and hands each entry of a wanted state on. */
class CanonicalReader {
  full = false;
  /** By number of a raw entry in the key group, a bit: it is left out. */
  leaveOut: Uint8Array | undefined;
  /** Raw entries of the key group so far. */
  private row = 0;
  private window!: Window;
  private run: readonly KeyGroupRange[] = [];
  private nextGroup = 0;
  /** File position of the current group's end; unknown while compressed. */
  private groupEnd = 0;
  private origin = 0;
  private compressed = false;
  /** Id of the state whose entries are being read, or what must come next. */
  private stateId = EXPECT_STATE_ID;
  private readonly prefixBytes: number;
  private readonly entries: CanonicalEntries;
  private readonly raw: RawEntry = { start: 0, key: 0, keyEnd: 0, value: 0, valueEnd: 0 };

  constructor(
    private readonly stream: StateStream,
    file: string,
    private readonly plans: readonly (StatePlan | undefined)[],
    private readonly context: ReadContext,
  ) {
    this.prefixBytes = keyGroupPrefixBytes(context.maxParallelism);
    this.entries = new CanonicalEntries(stream.subtask, file, context.maxMapEntries);
  }

  begin(run: readonly KeyGroupRange[], window: Window, bytes: StreamBytes, compressed: boolean): void {
    this.run = run;
    this.window = window;
    this.nextGroup = 0;
    this.compressed = compressed;
    this.origin = bytes.fileOffset;
    this.beginGroup();
  }

  private beginGroup(): void {
    const group = this.run[this.nextGroup]!;
    this.nextGroup++;
    this.stateId = EXPECT_STATE_ID;
    this.row = 0;
    this.entries.keyGroup = group.keyGroup;
    this.groupEnd = this.origin + group.end;
    if (!this.compressed) return;
    this.groupEnd = Number.MAX_SAFE_INTEGER;
    this.entries.fixedSpan = { start: this.origin + group.start, end: this.origin + group.end };
  }

  take(): StateEntry[] {
    const batch = this.entries.out;
    this.entries.out = [];
    this.full = false;
    return batch;
  }

  async fill(needed: number): Promise<void> {
    await this.window.fill(needed);
  }

  /**
   * Decodes what the window holds. Gives the bytes that are needed to go on, 0 when the batch is full, -1 when the run of
   * key groups is done.
   */
  decode(): number {
    const { view } = this.window;
    for (;;) {
      if (this.entries.out.length >= this.context.batchEntries) {
        this.full = true;
        return 0;
      }
      const needed = this.step(view);
      if (needed !== 0) return needed;
    }
  }

  private step(view: DataInputView): number {
    if (this.stateId === EXPECT_STATE_ID) return this.readStateId(view);
    if (this.stateId === EXPECT_END) return this.endGroup(view);
    const before = view.pos;
    const planned = this.plans[this.stateId] !== undefined;
    const needed = this.readRun(view);
    const { tally } = this.context;
    if (planned) tally.entries += view.pos - before;
    else tally.skipped += view.pos - before;
    return needed;
  }

  /** The first state id of a key group. */
  private readStateId(view: DataInputView): number {
    if (view.bytes.length - view.pos < 2) return this.need(view, view.pos, 2);
    this.beginState(view, view.readUnsignedShort('state id'));
    this.context.tally.framing += 2;
    return 0;
  }

  private beginState(view: DataInputView, id: number): void {
    this.stateId = expectStateId(view, id, declaredStates(this.stream));
  }

  /** Behind the end mark: the group must end here, and the next one begins. */
  private endGroup(view: DataInputView): number {
    const left = this.compressed ? view.bytes.length - view.pos : this.groupEnd - view.filePos;
    if (left === 0 && this.compressed && !this.window.ended) return this.need(view, view.pos, 1);
    if (left !== 0) throw bytesBehindEnd(view, left);
    if (this.nextGroup === this.run.length) return -1;
    this.beginGroup();
    return 0;
  }

  /** Entries of one state, until the window ends, the batch is full, or another state begins. */
  private readRun(view: DataInputView): number {
    const { bytes, data } = view;
    const { raw, entries, prefixBytes, leaveOut } = this;
    const { out } = entries;
    const { batchEntries } = this.context;
    const plan = this.plans[this.stateId];
    const have = bytes.length;
    const limit = this.compressed ? Number.MAX_SAFE_INTEGER : this.groupEnd - view.fileOffset;
    let p = view.pos;
    while (out.length < batchEntries) {
      if (have - p < 4) return this.need(view, p, 4);
      const key = p + 4;
      const keyEnd = key + data.getInt32(p);
      if (keyEnd < key + prefixBytes || keyEnd + 4 > limit) throw badLength(view, p, 'composite key', limit);
      if (keyEnd + 4 > have) return this.need(view, p, keyEnd + 4 - p);
      const value = keyEnd + 4;
      const valueEnd = value + data.getInt32(keyEnd);
      if (valueEnd < value || valueEnd + 2 > limit) throw badLength(view, keyEnd, 'state value', limit);
      if (valueEnd + 2 > have) return this.need(view, p, valueEnd + 2 - p);
      const first = bytes[key]!;
      expectKeyGroup(view, key, first & ~META_DATA_FOLLOWS, prefixBytes, entries.keyGroup);
      if (plan !== undefined && (leaveOut === undefined || !this.isLeftOut(leaveOut))) {
        raw.start = p;
        raw.key = key + prefixBytes;
        raw.keyEnd = keyEnd;
        raw.value = value;
        raw.valueEnd = valueEnd;
        entries.add(plan, view, raw);
      }
      this.row++;
      p = valueEnd;
      if ((first & META_DATA_FOLLOWS) !== 0) return this.endRun(view, p);
    }
    view.pos = p;
    return 0;
  }

  private isLeftOut(bits: Uint8Array): boolean {
    return (bits[this.row >> 3]! & (1 << (this.row & 7))) !== 0;
  }

  /** The state id or end mark behind the last entry of a state. */
  private endRun(view: DataInputView, at: number): number {
    this.entries.flush();
    this.countMark();
    view.pos = at;
    const next = view.readUnsignedShort('state id');
    if (next === END_OF_KEY_GROUP) this.stateId = EXPECT_END;
    else this.beginState(view, next);
    return 0;
  }

  /** The mark is framing; `step` counts it to the entries as well. */
  private countMark(): void {
    const { tally } = this.context;
    tally.framing += 2;
    if (this.plans[this.stateId] !== undefined) tally.entries -= 2;
    else tally.skipped -= 2;
  }

  private need(view: DataInputView, at: number, bytes: number): number {
    return bytesNeeded(view, at, bytes, this.window.ended);
  }
}
