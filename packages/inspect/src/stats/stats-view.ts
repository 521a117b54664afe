import {
  type Operator,
  readEntries,
  type Savepoint,
  type State,
  type StateEntry,
} from '@statewright/savepoint';
import { toJson } from '@statewright/serializers';
import type { Describe } from '../describe.js';
import { addressOf } from '../names.js';
import { opaqueParts } from '../opaque-parts.js';
import { type Progress, StreamProgress } from '../progress.js';
import { splitReadable, unknownStates } from '../readable.js';
import { summarize } from '../summary.js';
import { typeText } from '../type-text.js';
import { framingStats } from './framing-stats.js';
import { type LargestEntry, LargestWatch } from './largest-entry.js';
import { elementsOf, joinMeasured, type Measured } from './measured.js';
import { opaqueBytes } from './opaque-bytes.js';
import { StateAccumulator } from './state-accumulator.js';
import type { StateStats, StatsView } from './stats-views.js';
import type { Watching } from './watching.js';

/** What `statsView` counts, and measures times against. */
export interface StatsOptions {
  /** Whether values are decoded. Without, canonical streams are counted by their frames at the speed of reading. */
  readonly values: boolean;
  /** Entries listed of each kind. */
  readonly top: number;
  /** The time that expiry and timers are measured against. */
  readonly atMillis: number;
  /** The TTL that the job gives its states; snapshots do not hold it. */
  readonly ttlMillis?: number | undefined;
  readonly progress?: Progress | undefined;
  /** Told of every entry that is larger than all before it; of states that are counted by frames after each stream. */
  readonly largest?: ((entry: LargestEntry) => void) | undefined;
  /** Tells what histograms are drawn from, too: octaves of distributions, bytes of each key group, ages of TTL values. */
  readonly histograms?: boolean | undefined;
  /**
   * Awaited after every batch of decoded entries, so that others get the thread: `soFar` gives what has been counted by then.
   * What it throws ends the count.
   */
  readonly pause?: ((soFar: () => readonly StateStats[]) => Promise<void>) | undefined;
  /** Operators whose unreadable streams are named; default: those of the states. */
  readonly operators?: readonly Operator[] | undefined;
}

/** Statistics of the given states, in one pass and bounded memory. */
export async function statsView(
  savepoint: Savepoint,
  path: string,
  states: readonly State[],
  describe: Describe,
  options: StatsOptions,
): Promise<StatsView> {
  const { readable, unreadable } = splitReadable(states);
  const results = await statsOf(savepoint, readable, describe, options);
  const operators = options.operators ?? [...new Set(states.map(({ operator }) => operator))];
  return {
    schemaVersion: 1,
    view: 'stats',
    snapshot: summarize(savepoint, path),
    values: options.values,
    atMillis: options.atMillis,
    ttlMillis: options.ttlMillis ?? null,
    total: totalOf(results),
    states: results,
    unread: [...unreadable, ...operators.flatMap(unknownStates)],
  };
}

async function statsOf(
  savepoint: Savepoint,
  states: readonly State[],
  describe: Describe,
  options: StatsOptions,
): Promise<StateStats[]> {
  const progress = new StreamProgress(states, options.progress);
  const framed = options.values ? [] : states.filter(isFramed);
  const decoded = states.filter((state) => !framed.includes(state));
  const results = new Map<string, StateStats>();
  const watched = { progress, largest: new LargestWatch(options.largest) };
  for (const stats of await framingStats(savepoint, framed, describe, watched, options.histograms)) {
    results.set(keyOf(stats), stats);
  }
  for (const stats of await decodedStats(savepoint, decoded, describe, options, watched)) {
    results.set(keyOf(stats), stats);
  }
  return states.map((state) => results.get(keyOf(state))!);
}

/** A queue of timers and a state may have the same name. */
function keyOf({ operator, kind, name }: { operator: { id: string }; kind: string; name: string }): string {
  return `${operator.id} ${kind} ${name}`;
}

function isFramed({ parts }: State): boolean {
  return parts.every(({ stream }) => stream.format === 'canonical');
}

async function decodedStats(
  savepoint: Savepoint,
  states: readonly State[],
  describe: Describe,
  options: StatsOptions,
  { progress, largest }: Watching,
): Promise<StateStats[]> {
  const watched = new Map(states.map((state) => [state, watch(state, describe, options)]));
  const results = () => [...watched.values()].map(({ accumulator }) => accumulator.result());
  let held: HeldEntry | undefined;
  for await (const batch of readEntries(savepoint, states, { maxMapEntries: MAP_PART })) {
    for (const entry of batch) {
      const one = watched.get(entry.state)!;
      if (entry.ttl !== undefined) one.accumulator.addTimes(entry.ttl);
      const measured = measure(entry, one.hasOpaque);
      if (entry.continues === true && held !== undefined) {
        held.measured = joinMeasured(held.measured, measured);
        continue;
      }
      release(held, largest);
      held = { entry, measured, accumulator: one.accumulator };
    }
    progress.reached(batch.at(-1));
    await options.pause?.(results);
  }
  release(held, largest);
  return results();
}

/** Entries of a map that are held at once: a larger one comes in parts. */
const MAP_PART = 1 << 14;

/** An entry that is counted when no part of it can follow. */
interface HeldEntry {
  readonly entry: StateEntry;
  readonly accumulator: StateAccumulator;
  measured: Measured;
}

function release(held: HeldEntry | undefined, largest: LargestWatch): void {
  if (held === undefined) return;
  const { entry, measured, accumulator } = held;
  accumulator.add(measured, () => labelOf(entry));
  largest.add(measured.keyBytes + measured.valueBytes, () => ({
    address: addressOf(entry.state),
    key: entry.keyGroup === undefined ? undefined : labelOf(entry).key,
  }));
}

interface Watched {
  readonly accumulator: StateAccumulator;
  /** Values are searched for opaque parts only where their type has any. */
  readonly hasOpaque: boolean;
}

function watch(state: State, describe: Describe, options: StatsOptions): Watched {
  const { top, atMillis, ttlMillis, histograms = false } = options;
  const accumulator = new StateAccumulator(state, describe, { top, atMillis, ttlMillis, histograms });
  const type = describe(state.valueSerializer);
  // A POJO may hold instances of subclasses that the snapshot does not know.
  return { accumulator, hasOpaque: opaqueParts(type, '').length > 0 || typeText(type).includes('pojo') };
}

function measure(entry: StateEntry, hasOpaque: boolean): Measured {
  return {
    keyGroup: entry.keyGroup,
    subtask: entry.subtask,
    keyBytes: entry.keyBytes,
    valueBytes: entry.valueBytes,
    elements: elementsOf(entry),
    dueMillis: entry.state.kind === 'timer' && typeof entry.value === 'bigint' ? entry.value : undefined,
    opaqueBytes: hasOpaque ? opaqueBytes(entry.value) : 0,
  };
}

function labelOf(entry: StateEntry): { readonly key: unknown; readonly namespace: unknown } {
  return { key: JSON.parse(toJson(entry.key)), namespace: JSON.parse(toJson(entry.namespace)) };
}

function totalOf(states: readonly StateStats[]): StatsView['total'] {
  const sum = (of: (state: StateStats) => number) => states.reduce((total, state) => total + of(state), 0);
  return {
    entries: sum(({ entries, elements }) => entries ?? elements ?? 0),
    keyBytes: sum(({ keyBytes }) => keyBytes?.total ?? 0),
    valueBytes: sum(({ valueBytes }) => valueBytes?.total ?? 0),
  };
}
