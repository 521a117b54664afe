import { type DataInputView, StatewrightError } from '@statewright/bytes';
import { readSerializerSnapshot } from '@statewright/serializers';
import type { Operator, Savepoint, State, StateEntry, StateStream } from '../model.js';
import { streamBytes } from '../stream-bytes.js';
import { canonicalEntries } from './canonical-stream.js';
import { CodecCache } from './codec-cache.js';
import { type HeapPlan, heapEntries } from './heap-stream.js';
import type { KeyGroupFilter } from './key-group-plan.js';
import { operatorEntries } from './operator-stream.js';
import { rawTimerEntries } from './raw-timer-stream.js';
import { type LeaveOut, type ReadContext, Tally } from './read-context.js';
import { planLegacyTimer, planState, type StatePlan } from './state-plan.js';
import { verifyKeyGroups } from './verify-key-groups.js';

/** Which entries `readEntries` gives, and how. */
export interface ReadOptions {
  /** Only keyed entries of these key groups, both ends included; operator state is read whatever they are. */
  readonly keyGroups?: KeyGroupFilter | undefined;
  /** Only these streams, of those that hold the states. */
  readonly streams?: readonly StateStream[] | undefined;
  /** Compute each key's group where its hash is known, and throw BAD_VALUE for an entry that lies in another. */
  readonly verifyKeyGroups?: boolean | undefined;
  /** Entries in a batch, at most. */
  readonly batchEntries?: number | undefined;
  /**
   * Map entries in one state entry, at most: a larger map of a canonical stream comes in several entries, all but the first
   * of which say that they continue it.
   */
  readonly maxMapEntries?: number | undefined;
  /** Which raw entries of canonical streams to leave out. */
  readonly leaveOut?: LeaveOut | undefined;
}

const BATCH_ENTRIES = 256;

/**
 * The entries of some states of a savepoint, in batches, in the order in which they lie: stream by stream, key group by
 * key group. Nothing is read ahead of the reader but the next megabyte, so memory stays the same for any size.
 * NOT_SUPPORTED for states in RocksDB's own files or behind a changelog.
 */
export async function* readEntries(
  savepoint: Savepoint,
  states: readonly State[],
  options: ReadOptions = {},
): AsyncGenerator<readonly StateEntry[]> {
  const codecs = new CodecCache(savepoint.formats);
  for (const operator of new Set(states.map((state) => state.operator))) {
    const own = states.filter((state) => state.operator === operator);
    for (const stream of operator.streams) {
      if (options.streams !== undefined && !options.streams.includes(stream)) continue;
      const wanted = statesIn(stream, own);
      if (wanted.every((state) => state === undefined)) continue;
      const context: ReadContext = {
        codecs,
        maxParallelism: operator.maxParallelism,
        keyGroups: options.keyGroups,
        batchEntries: options.batchEntries ?? BATCH_ENTRIES,
        maxMapEntries: options.maxMapEntries ?? Number.MAX_SAFE_INTEGER,
        leaveOut: options.leaveOut,
        tally: new Tally(),
      };
      const batches = entriesOf(savepoint, operator, stream, wanted, context);
      yield* options.verifyKeyGroups === true ? verifyKeyGroups(batches, operator, codecs) : batches;
    }
  }
}

/** All entries of one stream, with the bytes it takes counted in `tally`. */
export function streamEntries(
  savepoint: Savepoint,
  operator: Operator,
  stream: StateStream,
  codecs: CodecCache,
  tally: Tally,
): AsyncGenerator<StateEntry[]> {
  const context: ReadContext = {
    codecs,
    maxParallelism: operator.maxParallelism,
    keyGroups: undefined,
    batchEntries: BATCH_ENTRIES,
    maxMapEntries: Number.MAX_SAFE_INTEGER,
    tally,
  };
  return entriesOf(savepoint, operator, stream, statesIn(stream, operator.states), context);
}

/** By state id: the state that is asked for and is held under that id. */
function statesIn(stream: StateStream, states: readonly State[]): (State | undefined)[] {
  const wanted = new Array<State | undefined>(stream.states.length).fill(undefined);
  for (const state of states) {
    for (const part of state.parts) if (part.stream === stream) wanted[part.stateId] = state;
  }
  return wanted;
}

function entriesOf(
  savepoint: Savepoint,
  operator: Operator,
  stream: StateStream,
  wanted: readonly (State | undefined)[],
  context: ReadContext,
): AsyncGenerator<StateEntry[]> {
  const bytes = streamBytes(savepoint.fs, savepoint.location, stream.ref);
  const plan = (state: State | undefined, id: number): StatePlan | undefined =>
    state === undefined ? undefined : planState(state, stream.states[id]!, context.codecs);
  switch (stream.format) {
    case 'canonical':
      return canonicalEntries(stream, bytes, wanted.map(plan), context);
    case 'heap':
      return heapEntries(stream, bytes, heapPlans(operator, stream, wanted, context), context);
    case 'operator': {
      const parts = wanted.flatMap((state, id) => (state ? [{ state, as: stream.states[id]! }] : []));
      return operatorEntries(stream, bytes, parts, context);
    }
    case 'raw-keyed': {
      const readSnapshot = (input: DataInputView) => readSerializerSnapshot(input, savepoint.formats);
      const plans = rawTimerPlans(operator, stream, wanted, context);
      return rawTimerEntries(stream, bytes, plans, readSnapshot, context);
    }
    default:
      throw notReadable(stream, bytes.file);
  }
}

/** Heap entries have no length, so that even those of a state that is not asked for must be understood. */
function heapPlans(
  operator: Operator,
  stream: StateStream,
  wanted: readonly (State | undefined)[],
  context: ReadContext,
): HeapPlan[] {
  return stream.states.map((as, id) => {
    const state = wanted[id] ?? operator.states.find((each) => holds(each, stream, id))!;
    if (as.stateV2 && (as.kind === 'list' || as.kind === 'map')) {
      const reason = `state ${JSON.stringify(as.name)} is ${as.kind} state of the State V2 API in a heap file, which no Flink up to 2.3 writes`;
      throw new StatewrightError('NOT_SUPPORTED', { span: as.span, kind: 'state', reason });
    }
    return { plan: planState(state, as, context.codecs), wanted: wanted[id] !== undefined };
  });
}

function rawTimerPlans(
  operator: Operator,
  stream: StateStream,
  wanted: readonly (State | undefined)[],
  context: ReadContext,
): HeapPlan[] {
  return stream.states.map((as, id) => {
    const state = wanted[id] ?? operator.states.find((each) => holds(each, stream, id))!;
    return { plan: planLegacyTimer(state, as, context.codecs), wanted: wanted[id] !== undefined };
  });
}

function holds(state: State, stream: StateStream, id: number): boolean {
  return state.parts.some((part) => part.stream === stream && part.stateId === id);
}

function notReadable(stream: StateStream, file: string): StatewrightError {
  const what = stream.format === 'rocksdb' ? "RocksDB's own files" : `a ${stream.format} stream`;
  const span = { file, start: 0, end: 0 };
  const reason = `values in ${what} cannot be read by this release`;
  const next = 'take a savepoint in canonical format and read that one';
  return new StatewrightError('NOT_SUPPORTED', { span, kind: 'state', reason, next });
}
