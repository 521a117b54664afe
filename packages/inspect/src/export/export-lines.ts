import { readEntries, type Savepoint, type State, type StateEntry } from '@statewright/savepoint';
import { type Progress, StreamProgress } from '../progress.js';
import type { Where } from '../where/where.js';
import { LineWriter } from './entry-line.js';
import { type FlatEntry, flatEntries, isOperatorKind } from './flat-entries.js';
import { firstLines, type LineChunk } from './line-chunks.js';
import { type EntryLine, KeyedSink, OperatorSink, type Sink } from './sinks.js';
import { sortKeys } from './sort-key.js';
import { type Scratch, SortedRows } from './sorted-rows.js';

/** How `exportLines` writes, and what it needs for it. */
export interface ExportOptions {
  /** One line a list element or map entry. */
  readonly flatten?: boolean;
  /** Numbers keep their Flink type. */
  readonly typed?: boolean;
  readonly where?: Where | undefined;
  /** Told of every entry that `where` could not decide; it is left out. */
  readonly undecided?: (why: string) => void;
  /** Lines, at most. */
  readonly limit?: number | undefined;
  readonly scratch: Scratch;
  readonly progress?: Progress | undefined;
}

/**
 * The entries of the given states as JSON lines, in chunks of whole lines: operator by operator; keyed state in
 * key-group order, in a key group by kind and name of the state, in a state by the bytes of key and namespace; operator
 * state by subtask. So the order does not depend on the backend that wrote. Memory is bounded by `scratch.budget` a state.
 */
export async function* exportLines(
  savepoint: Savepoint,
  states: readonly State[],
  options: ExportOptions,
): AsyncGenerator<LineChunk> {
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  if (left === 0) return;
  for await (const chunk of allLines(savepoint, states, options)) {
    yield firstLines(chunk, left);
    left -= chunk.lines;
    if (left <= 0) return;
  }
}

async function* allLines(
  savepoint: Savepoint,
  states: readonly State[],
  options: ExportOptions,
): AsyncGenerator<LineChunk> {
  const progress = new StreamProgress(states, options.progress);
  for (const operator of new Set(states.map((state) => state.operator))) {
    const own = operator.states.filter((state) => states.includes(state)).sort(byKindAndName);
    const sinks = new Map(own.map((state, i) => [state, sinkFor(savepoint, state, options, i)]));
    try {
      yield* operatorLines(savepoint, sinks, options.flatten === true, progress);
    } finally {
      for (const sink of sinks.values()) await sink.discard();
    }
  }
}

/** Flattened, a large map need not be in memory as a whole. */
const MAP_PART = 1 << 12;

/** Headers hold states in an order that depends on the backend. */
function byKindAndName(a: State, b: State): number {
  const [x, y] = [`${a.kind} ${a.name}`, `${b.kind} ${b.name}`];
  return x < y ? -1 : x > y ? 1 : 0;
}

async function* operatorLines(
  savepoint: Savepoint,
  sinks: ReadonlyMap<State, Sink>,
  flatten: boolean,
  progress: StreamProgress,
): AsyncGenerator<LineChunk> {
  let place = '';
  const read = flatten ? { maxMapEntries: MAP_PART } : {};
  for await (const batch of readEntries(savepoint, [...sinks.keys()], read)) {
    for (const entry of batch) {
      const here = `${entry.subtask} ${entry.keyGroup ?? ''}`;
      if (here !== place) {
        for (const sink of sinks.values()) yield* sink.drain();
        place = here;
      }
      const sink = sinks.get(entry.state)!;
      if (sink.add(entry)) await sink.spill();
    }
    progress.reached(batch.at(-1));
  }
  for (const sink of sinks.values()) yield* sink.drain();
}

function sinkFor(savepoint: Savepoint, state: State, options: ExportOptions, number: number): Sink {
  const writer = new LineWriter(state, options.typed === true ? savepoint.formats : undefined);
  const lines = (entry: StateEntry) => linesOf(entry, writer, options);
  if (isOperatorKind(state.kind)) return new OperatorSink(lines);
  const { scratch } = options;
  const own = { ...scratch, directory: `${scratch.directory}/state-${number}` };
  return new KeyedSink(new SortedRows(own), sortKeys(state, savepoint.formats), lines);
}

function linesOf(entry: StateEntry, writer: LineWriter, options: ExportOptions): EntryLine[] {
  const entries: readonly FlatEntry[] = options.flatten === true ? flatEntries(entry) : [entry];
  const { where } = options;
  const kept = where === undefined ? entries : entries.filter((one) => passes(one, where, options.undecided));
  return kept.map((one) => ({ entry: one, line: writer.line(one) }));
}

function passes(entry: FlatEntry, where: Where, undecided: ((why: string) => void) | undefined): boolean {
  const verdict = where(entry);
  if (typeof verdict === 'boolean') return verdict;
  undecided?.(verdict.failed);
  return false;
}
