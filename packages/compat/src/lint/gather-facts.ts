import { createHash } from 'node:crypto';
import {
  addressOf,
  type Describe,
  type LargestEntry,
  type Progress,
  type StateSchema,
  type StateStats,
  schemaView,
  splitReadable,
  statsView,
} from '@statewright/inspect';
import {
  type Operator,
  readEntries,
  type Savepoint,
  type State,
  type StateStream,
} from '@statewright/savepoint';
import { MapValue, toJson } from '@statewright/serializers';
import type { SourcePlace } from '../schema/job-schema.js';
import type { BroadcastPart, LintFacts, OperatorFacts, StateFacts } from './facts.js';
import { isKeyed } from './facts.js';

/** A snapshot to look at. */
export interface LintInput {
  readonly savepoint: Savepoint;
  /** As the caller named it. */
  readonly path: string;
  readonly describe: Describe;
}

/** How much is read: the schema only, frames where the format has them, or every value. */
export type Depth = 'schema' | 'frames' | 'values';

/** What is known beside the snapshot, and how much of it is to be read. */
export type GatherOptions = Pick<
  LintFacts,
  'since' | 'flinkConfig' | 'backend' | 'atMillis' | 'ttlMillis' | 'uidCandidates'
> & {
  readonly depth: Depth;
  readonly progress?: Progress | undefined;
  /** Told of every entry that is larger than all before it. */
  readonly largest?: ((entry: LargestEntry) => void) | undefined;
  /** Awaited after every batch of entries, so that others get the thread; what it throws ends the work. */
  readonly pause?: (() => Promise<void>) | undefined;
};

/** Measures a snapshot: one pass in bounded memory, and a second one over its broadcast state, which fits a heap. */
export async function gatherFacts(input: LintInput, options: GatherOptions): Promise<LintFacts> {
  const { savepoint, path, describe } = input;
  const { depth, progress, largest, pause, ...known } = options;
  const states = savepoint.operators.flatMap((operator) => operator.states);
  const schemas = schemaView(savepoint, path, states, describe);
  const measured = depth === 'schema' ? NOTHING : await measure(input, states, options);
  const all = states.map((state, i) => {
    const stats = measured.stats.get(state);
    const broadcast = measured.broadcast.get(state);
    return stateFacts(state, schemas.states[i]!, stats, broadcast);
  });
  return {
    savepoint,
    snapshot: schemas.snapshot,
    operators: savepoint.operators.map((operator) => operatorFacts(savepoint, operator, all)),
    unread: measured.unread,
    ...known,
  };
}

interface Measured {
  readonly stats: ReadonlyMap<State, StateStats>;
  readonly broadcast: ReadonlyMap<State, readonly BroadcastPart[]>;
  readonly unread: LintFacts['unread'];
}

const NOTHING: Measured = { stats: new Map(), broadcast: new Map(), unread: [] };

async function measure(
  { savepoint, path, describe }: LintInput,
  states: readonly State[],
  { depth, atMillis, ttlMillis, progress, largest, pause }: GatherOptions,
): Promise<Measured> {
  const { readable } = splitReadable(states);
  const options = { values: depth === 'values', top: 1, atMillis, ttlMillis, progress, largest, pause };
  const operators = savepoint.operators;
  const view = await statsView(savepoint, path, states, describe, { ...options, operators });
  return {
    stats: new Map(view.states.map((stats, i) => [readable[i]!, stats])),
    broadcast: await broadcastParts(savepoint, readable),
    unread: view.unread,
  };
}

async function broadcastParts(
  savepoint: Savepoint,
  states: readonly State[],
): Promise<Map<State, BroadcastPart[]>> {
  const wanted = states.filter(({ kind }) => kind === 'broadcast');
  const found = new Map<State, BroadcastPart[]>(wanted.map((state) => [state, []]));
  if (wanted.length === 0) return found;
  for await (const batch of readEntries(savepoint, wanted)) {
    for (const { state, subtask, value } of batch) found.get(state)!.push(partOf(subtask, value));
  }
  return found;
}

function partOf(subtask: number, value: unknown): BroadcastPart {
  const entries =
    value instanceof MapValue ? value.entries.map((entry) => pairText(entry)).sort() : [toJson(value)];
  const hash = createHash('sha256');
  for (const text of entries) hash.update(`${text}\n`);
  return { subtask, entries: entries.length, digest: hash.digest('hex') };
}

function pairText([key, value]: readonly [unknown, unknown]): string {
  return `[${toJson(key)},${toJson(value)}]`;
}

function stateFacts(
  state: State,
  schema: StateSchema,
  stats: StateStats | undefined,
  broadcast: readonly BroadcastPart[] | undefined,
): StateFacts {
  const { operator, parts } = state;
  const described = parts[0]?.stream.states[parts[0].stateId];
  const place = described === undefined ? undefined : placeOf(described.span);
  return { operator, state, address: addressOf(state), place, schema, stats, broadcast };
}

function operatorFacts(
  { metadata }: Savepoint,
  operator: Operator,
  states: readonly StateFacts[],
): OperatorFacts {
  const span = metadata.operatorStates.find(({ operatorId }) => operatorId === operator.id)?.span;
  const keyed = operator.streams.filter(({ keyGroups }) => keyGroups !== undefined);
  return {
    operator,
    address: addressOf(operator),
    place: span === undefined ? undefined : placeOf(span),
    states: states.filter((one) => one.operator === operator),
    keyedBytes: bytesBySubtask(keyed),
    operatorBytes: bytesBySubtask(operator.streams.filter((stream) => !keyed.includes(stream))),
  };
}

function placeOf({ file, start, end }: { file: string; start: number; end: number }): SourcePlace {
  return { file, start, end };
}

function bytesBySubtask(streams: readonly StateStream[]): Map<number, number> {
  const bytes = new Map<number, number>();
  for (const { subtask, ref, files } of streams) {
    const size = files.reduce((total, file) => total + file.ref.size, ref.size);
    bytes.set(subtask, (bytes.get(subtask) ?? 0) + size);
  }
  return bytes;
}

/** The number of keyed states of each subtask: column families of its RocksDB. */
export function keyedStatesBySubtask({ states }: OperatorFacts, withTimers: boolean): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { state } of states) {
    if (!isKeyed(state) || (state.kind === 'timer' && !withTimers)) continue;
    for (const subtask of new Set(state.parts.map(({ stream }) => stream.subtask))) {
      counts.set(subtask, (counts.get(subtask) ?? 0) + 1);
    }
  }
  return counts;
}
