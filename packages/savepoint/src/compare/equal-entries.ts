import { StatewrightError } from '@statewright/bytes';
import { windowOver } from '../entries/canonical-stream.js';
import { CodecCache } from '../entries/codec-cache.js';
import { type KeyGroupRange, keyGroupRanges } from '../entries/key-group-plan.js';
import { Tally } from '../entries/read-context.js';
import { planState, type StatePlan } from '../entries/state-plan.js';
import { keyGroupPrefixBytes } from '../key-groups.js';
import type { State, StateStream } from '../model.js';
import { type StreamBytes, streamBytes } from '../stream-bytes.js';
import type { OperatorOf } from './equal-key-groups.js';
import { type KeyGroupUnits, keyGroupUnits } from './key-group-units.js';
import { pairUnits } from './pair-units.js';

/** Bytes of a key group that are held at once, uncompressed, of each side. */
const MOST_BYTES = 1 << 26;

/** What one key group holds on both sides with the same bytes. */
export interface EqualEntries {
  /** By position in the pairs of states: entries, and of maps the raw entries in them. */
  readonly counts: readonly { readonly entries: number; readonly mapEntries: number }[];
  /** For `ReadOptions.leaveOut`: the raw entries of each side that the other has, too. */
  readonly old: Uint8Array | 'all';
  readonly new: Uint8Array | 'all';
}

/** Finds what is equal in a key group; undefined where only decoding can tell. */
export type FindEqualEntries = (keyGroup: number) => Promise<EqualEntries | undefined>;

/**
 * Finds the entries that two snapshots of an operator hold with the same bytes, without decoding them. For canonical streams
 * that hold a key group alone, and pairs of states whose meta info and key serializer are the same bytes in both.
 */
export function equalEntries(
  old: OperatorOf,
  now: OperatorOf,
  pairs: readonly (readonly [State, State])[],
): FindEqualEntries {
  const [ours, theirs] = [holdersOf(old), holdersOf(now)];
  const matched = new Map<StateStream, Map<StateStream, readonly StatePlans[]>>();
  const plansOf = async (a: Holder, b: Holder): Promise<readonly StatePlans[]> => {
    const known = matched.get(a.stream) ?? new Map<StateStream, readonly StatePlans[]>();
    matched.set(a.stream, known);
    const plans = known.get(b.stream) ?? (await comparableStates(old, a, now, b, pairs));
    known.set(b.stream, plans);
    return plans;
  };
  return async (keyGroup) => {
    const [a, b] = [ours.get(keyGroup), theirs.get(keyGroup)];
    if (a === undefined || b === undefined) return undefined;
    const plans = await plansOf(a, b);
    if (plans.length === 0) return undefined;
    try {
      const x = await unitsOf(old, a, plans, 'old');
      const y = a.stream === b.stream ? x : await unitsOf(now, b, plans, 'new');
      return x === undefined || y === undefined ? undefined : equalIn(x, y, plans, pairs.length);
    } catch (error) {
      // Whoever decodes the entries says it better.
      if (error instanceof StatewrightError) return undefined;
      throw error;
    }
  };
}

/** The one stream that holds a key group. */
interface Holder {
  readonly stream: StateStream;
  readonly bytes: StreamBytes;
  readonly range: KeyGroupRange;
}

function holdersOf({ savepoint, operator }: OperatorOf): Map<number, Holder> {
  const holders = new Map<number, Holder>();
  const several = new Set<number>();
  for (const stream of operator.streams) {
    // Raw keyed state has states of its own.
    if (stream.keyGroups === undefined || stream.format === 'raw-keyed') continue;
    const readable = stream.format === 'canonical' && stream.problem === undefined;
    if (!readable) {
      for (let group = stream.keyGroups.start; group <= stream.keyGroups.end; group++) several.add(group);
      continue;
    }
    const bytes = streamBytes(savepoint.fs, savepoint.location, stream.ref);
    for (const range of keyGroupRanges(stream, bytes)) {
      if (holders.has(range.keyGroup)) several.add(range.keyGroup);
      holders.set(range.keyGroup, { stream, bytes, range });
    }
  }
  for (const keyGroup of several) holders.delete(keyGroup);
  return holders;
}

/** A pair of states of two streams, by its position among the pairs. */
interface StatePlans {
  readonly pair: number;
  readonly old: { readonly id: number; readonly plan: StatePlan };
  readonly new: { readonly id: number; readonly plan: StatePlan };
}

/** The pairs of states that two streams write in the same way. */
async function comparableStates(
  old: OperatorOf,
  a: Holder,
  now: OperatorOf,
  b: Holder,
  pairs: readonly (readonly [State, State])[],
): Promise<readonly StatePlans[]> {
  const [x, y] = [await a.bytes.read(0, a.stream.headerLength), await b.bytes.read(0, b.stream.headerLength)];
  if (old.operator.maxParallelism !== now.operator.maxParallelism) return [];
  if (Buffer.compare(beforeStates(a, x), beforeStates(b, y)) !== 0) return [];
  const codecs = { old: new CodecCache(old.savepoint.formats), new: new CodecCache(now.savepoint.formats) };
  return pairs.flatMap(([state, other], pair): StatePlans[] => {
    const [i, j] = [stateIdIn(a.stream, state), stateIdIn(b.stream, other)];
    if (i === undefined || j === undefined) return [];
    if (Buffer.compare(metaInfo(a, i, x), metaInfo(b, j, y)) !== 0) return [];
    const plan = planState(state, a.stream.states[i]!, codecs.old);
    const otherPlan = planState(other, b.stream.states[j]!, codecs.new);
    if (plan.shape === 'opaque' || otherPlan.shape === 'opaque') return [];
    return [{ pair, old: { id: i, plan }, new: { id: j, plan: otherPlan } }];
  });
}

function stateIdIn(stream: StateStream, state: State): number | undefined {
  return state.parts.find((part) => part.stream === stream)?.stateId;
}

/** The header up to the number of states: version, compression flag, key serializer. */
function beforeStates({ stream, bytes }: Holder, header: Uint8Array): Uint8Array {
  const first = stream.states[0];
  return first === undefined ? header : header.subarray(0, first.span.start - bytes.fileOffset - 2);
}

function metaInfo({ stream, bytes }: Holder, stateId: number, header: Uint8Array): Uint8Array {
  const { start, end } = stream.states[stateId]!.span;
  return header.subarray(start - bytes.fileOffset, end - bytes.fileOffset);
}

async function unitsOf(
  { operator }: OperatorOf,
  { stream, bytes, range }: Holder,
  plans: readonly StatePlans[],
  side: 'old' | 'new',
): Promise<KeyGroupUnits | undefined> {
  if (range.end - range.start > MOST_BYTES) return undefined;
  const window = windowOver([range], bytes, stream.compressed, new Tally());
  await window.fill(range.end - range.start);
  if (!(await window.fillAll(MOST_BYTES))) return undefined;
  const byId: (StatePlan | undefined)[] = [];
  for (const plan of plans) byId[plan[side].id] = plan[side].plan;
  return keyGroupUnits(window.view, byId, keyGroupPrefixBytes(operator.maxParallelism));
}

function equalIn(
  old: KeyGroupUnits,
  now: KeyGroupUnits,
  plans: readonly StatePlans[],
  pairs: number,
): EqualEntries {
  const counts = Array.from({ length: pairs }, () => ({ entries: 0, mapEntries: 0 }));
  const bits = { old: bitsFor(old.rowCount), new: bitsFor(now.rowCount) };
  let equalRows = 0;
  for (const plan of plans) {
    const section = old.sections.find(({ stateId }) => stateId === plan.old.id);
    const other = now.sections.find(({ stateId }) => stateId === plan.new.id);
    if (section === undefined || other === undefined) continue;
    const count = counts[plan.pair]!;
    const isMap = plan.old.plan.shape === 'map';
    pairUnits({ units: old, section }, { units: now, section: other }, (i, j) => {
      const rows = old.rows[i + 1]! - old.rows[i]!;
      setBits(bits.old, old.rows[i]!, rows);
      setBits(bits.new, now.rows[j]!, rows);
      equalRows += rows;
      count.entries++;
      if (isMap) count.mapEntries += rows;
    });
  }
  return {
    counts,
    old: equalRows === old.rowCount ? 'all' : bits.old,
    new: equalRows === now.rowCount ? 'all' : bits.new,
  };
}

function bitsFor(count: number): Uint8Array {
  return new Uint8Array((count + 7) >> 3);
}

function setBits(bits: Uint8Array, from: number, count: number): void {
  for (let i = from; i < from + count; i++) bits[i >> 3]! |= 1 << (i & 7);
}
