import type { DataInputView } from '@statewright/bytes';
import type { StateEntry, StateStream } from '../model.js';
import type { StreamBytes } from '../stream-bytes.js';
import { RangeChunks, SnappyChunks } from './chunks.js';
import { driveSegment, have, limitTo, skipTo } from './drive-segment.js';
import { HeapSegment, type SegmentPlace } from './heap-segment.js';
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

/** The plan of each state of the stream, and whether its entries are asked for. */
export interface HeapPlan {
  readonly plan: StatePlan;
  readonly wanted: boolean;
}

/**
 * The entries of a heap stream, in batches.
 *
 *   for each key group of the range, at its offset:
 *     i32  key group
 *     for each state of the header, in any order (a snappy-framed stream of its own when compressed):
 *       i16  state id
 *       i32  count, then that many entries, see `HeapSegment`
 *
 * Follows `HeapSnapshotStrategy` and `HeapRestoreOperation` (Flink 2.3).
 */
export async function* heapEntries(
  stream: StateStream,
  bytes: StreamBytes,
  plans: readonly HeapPlan[],
  context: ReadContext,
): AsyncGenerator<StateEntry[]> {
  const groups = keyGroupRanges(stream, bytes).filter((group) => inFilter(group, context.keyGroups));
  const reader = new HeapReader(stream, bytes, plans, context);
  if (stream.compressed) {
    for (const group of groups) yield* reader.compressedGroup(group);
  } else {
    for (const run of contiguousRuns(groups)) yield* reader.plainRun(run);
  }
  const rest = reader.take();
  if (rest.length > 0) yield rest;
}

class HeapReader {
  private readonly segment: HeapSegment;
  private readonly tally: Tally;

  constructor(
    private readonly stream: StateStream,
    private readonly bytes: StreamBytes,
    private readonly plans: readonly HeapPlan[],
    context: ReadContext,
  ) {
    this.segment = new HeapSegment(context.batchEntries);
    this.tally = context.tally;
  }

  take(): StateEntry[] {
    return this.segment.take();
  }

  /** Key groups that lie one behind the other, uncompressed. */
  async *plainRun(run: readonly KeyGroupRange[]): AsyncGenerator<StateEntry[]> {
    const { bytes } = this;
    const start = run[0]!.start;
    const chunks = new RangeChunks(bytes, start, run.at(-1)!.end);
    const window = new Window(chunks, bytes.file, bytes.fileOffset + start);
    for (const group of run) {
      const end = bytes.fileOffset + group.end;
      await have(window, 4);
      limitTo(window.view, end);
      readKeyGroup(window.view, group.keyGroup);
      this.tally.framing += 4;
      const seen = new Set<number>();
      while (this.moreStates(seen, end - window.view.filePos)) {
        const last = seen.size === declaredStates(this.stream) - 1;
        const open = yield* this.segmentIn(window, { ...this.place(group), end, last }, seen);
        if (open) this.tally.skipped += await skipTo(window, end);
      }
      limitTo(window.view, end);
      const left = end - window.view.filePos;
      if (left !== 0) throw leftOver(window.view, left);
      window.view.limit = window.view.bytes.length;
    }
  }

  /** A key group whose states are compressed one by one; only its number is not. */
  async *compressedGroup(group: KeyGroupRange): AsyncGenerator<StateEntry[]> {
    const { bytes } = this;
    const filePos = bytes.fileOffset + group.start + 4;
    const head = new Window(
      new RangeChunks(bytes, group.start, Math.min(group.start + 4, group.end)),
      bytes.file,
      bytes.fileOffset + group.start,
    );
    await have(head, 4);
    readKeyGroup(head.view, group.keyGroup);
    this.tally.plain += 4;
    const snappy = new SnappyChunks(
      new RangeChunks(bytes, group.start + 4, group.end),
      bytes.file,
      filePos,
      true,
      this.tally,
    );
    const fixedSpan = { start: bytes.fileOffset + group.start, end: bytes.fileOffset + group.end };
    const place = { ...this.place(group), fixedSpan, end: Number.MAX_SAFE_INTEGER, last: true };
    const seen = new Set<number>();
    while (await snappy.nextStream()) {
      const name = `${bytes.file} (uncompressed from ${snappy.filePos})`;
      const window = new Window(snappy, name, 0);
      const open = yield* this.segmentIn(window, place, seen);
      const left = await window.drain();
      if (open) this.tally.skipped += left;
      else if (left !== 0) throw leftOver(window.view, left);
    }
    const states = declaredStates(this.stream);
    if (Number.isFinite(states) && seen.size < states) {
      const reason = `the group ends after ${seen.size} of ${states} states`;
      throw head.view.error('TRUNCATED', 'key group', reason, 4);
    }
  }

  /** Where the header does not tell how many states there are, the group's end does. */
  private moreStates(seen: ReadonlySet<number>, left: number): boolean {
    return left > 0 && seen.size < declaredStates(this.stream);
  }

  private place(group: KeyGroupRange): Omit<SegmentPlace, 'end' | 'last'> {
    const { stream, bytes } = this;
    return { keyGroup: group.keyGroup, subtask: stream.subtask, file: bytes.file, fixedSpan: undefined };
  }

  /** One state of one key group. True when it could not be read to its end, so that nothing behind it can. */
  private async *segmentIn(
    window: Window,
    place: SegmentPlace,
    seen: Set<number>,
  ): AsyncGenerator<StateEntry[], boolean> {
    await have(window, 6);
    limitTo(window.view, place.end);
    const stateId = window.view.readUnsignedShort('state id');
    const state = this.plans[stateId];
    const states = declaredStates(this.stream);
    if (stateId >= states || seen.has(stateId)) {
      throw badStateId(window.view, stateId, states);
    }
    seen.add(stateId);
    const count = readEntryCount(window.view);
    this.tally.framing += 6;
    if (state === undefined && count === 0) return false;
    if (state !== undefined) {
      this.segment.begin(state.plan, state.wanted, count, place);
      const open = yield* driveSegment(this.segment, window, place, this.tally);
      if (!open) return false;
    }
    if (place.fixedSpan === undefined) {
      const behind = state === undefined ? `state ${stateId}` : state.plan.state.name;
      this.pushUnreached(window.view, place, seen, behind);
    }
    return true;
  }

  /** States that were asked for and cannot be reached are named, so that they do not seem to be empty. */
  private pushUnreached(
    view: DataInputView,
    place: SegmentPlace,
    seen: ReadonlySet<number>,
    behind: string,
  ): void {
    for (const [id, { plan, wanted }] of this.plans.entries()) {
      if (wanted && !seen.has(id)) this.segment.pushUnreached(plan, place, behind, view);
    }
  }
}

function readKeyGroup(view: DataInputView, expected: number): void {
  const found = view.readInt('key group');
  if (found === expected) return;
  view.pos -= 4;
  throw view.error('BAD_VALUE', 'key group', `key group ${found} is found but ${expected} is expected`, 4);
}

function readEntryCount(view: DataInputView): number {
  const count = view.readInt('number of entries');
  if (count >= 0) return count;
  view.pos -= 4;
  throw view.error('BAD_LENGTH', 'number of entries', `count ${count} is negative`, 4);
}

function badStateId(view: DataInputView, stateId: number, states: number): Error {
  view.pos -= 2;
  const reason = `state id ${stateId} is found twice, or not among the ${states} states of the header`;
  return view.error('BAD_VALUE', 'state id', reason, 2);
}

function leftOver(view: DataInputView, left: number): Error {
  const reason = `${left} bytes follow the last state of the group`;
  return view.error('TRAILING_BYTES', 'key group', reason, left);
}
