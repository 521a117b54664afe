import { resolve } from 'node:path';
import { DataInputView, DataOutputView } from '@statewright/bytes';
import {
  type ChangeEvent,
  type ChangeReport,
  type EntryChange,
  type Feed,
  type MigratedEntry,
  type PlannedJob,
  type PlannedState,
  type PlanSurroundings,
  type ResolvedPlan,
  readPlan,
  resolvePlan,
  SKIP_ENTRY,
} from '@statewright/migrate';
import { openSavepoint, readEntries, type Savepoint } from '@statewright/savepoint';
import {
  type Codec,
  compileCodec,
  jsonOrder,
  MapValue,
  type SerializerSnapshot,
  toJson,
} from '@statewright/serializers';
import { FIXTURES } from '../savepoint/corpus.js';

/*
 * Steps on entries, tried without writing a snapshot: a plan is put on a fixture, the changes run on what `readEntries`
 * gives, and each value is written by its new serializer and read again.
 */

/** An entry as a test compares it: JSON of `export`. */
export interface Shown {
  readonly key: unknown;
  readonly namespace: unknown;
  readonly value: unknown;
  readonly ttl?: unknown;
}

/** What became of a state. */
export interface Migrated {
  readonly state: PlannedState;
  readonly entries: readonly Shown[];
  readonly events: Readonly<Record<string, number>>;
}

export const SURROUNDINGS: PlanSurroundings = {
  flinkVersion: '1.20',
  nowMillis: 0n,
  pathOf: (name) => name,
  readFile: async () => new Uint8Array(0),
  loadModule: async () => ({}),
};

/** Puts a plan, given as the YAML of its steps, on a fixture. */
export async function planned(
  fixture: string,
  steps: string,
  surroundings: Partial<PlanSurroundings> = {},
): Promise<ResolvedPlan> {
  const savepoint = await openSavepoint(resolve(FIXTURES, fixture));
  const plan = await readPlan('plan.yaml', `version: 1\nsteps:\n${steps}`);
  return resolvePlan(savepoint, plan, { ...SURROUNDINGS, ...surroundings });
}

/** The state of a planned job that is called so. */
export function stateOf(job: PlannedJob, address: string): PlannedState {
  const slash = address.indexOf('/');
  const operator = job.operators.find(({ uid, name }) => (uid ?? name) === address.slice(0, slash));
  const state = operator?.states.find(({ name }) => name === address.slice(slash + 1));
  if (state === undefined) throw new Error(`no state ${address}`);
  return state;
}

/** Runs all that a plan does to one state. */
export async function migrate(
  fixture: string,
  steps: string,
  address: string,
  surroundings: Partial<PlanSurroundings> = {},
): Promise<Migrated> {
  const { job } = await planned(fixture, steps, surroundings);
  const state = stateOf(job, address);
  const events: Record<string, number> = {};
  const report: ChangeReport = {
    count: (what: ChangeEvent) => {
      events[what] = (events[what] ?? 0) + 1;
    },
  };
  const entries: MigratedEntry[] = [];
  for (const feed of state.feeds) {
    for await (const entry of feedEntries(job.savepoint, feed, report)) entries.push(entry);
  }
  return { state, entries: entries.map((entry) => shown(state, entry, job.savepoint)), events };
}

/** The state as it is, in the same form. */
export async function unmigrated(fixture: string, address: string): Promise<readonly Shown[]> {
  return (await migrate(fixture, '  []', address)).entries;
}

async function* feedEntries(
  savepoint: Savepoint,
  feed: Feed,
  report: ChangeReport,
): AsyncGenerator<MigratedEntry> {
  if (feed.type === 'load') {
    for await (const batch of feed.entries()) yield* batch;
    return;
  }
  const changes = feed.changes.map((change) => opened(change, feed.from.kind, report));
  for await (const batch of readEntries(savepoint, [feed.from])) {
    for (const entry of batch) {
      let entries: readonly MigratedEntry[] = [entry];
      for (const change of changes) entries = entries.flatMap(change);
      yield* entries;
    }
  }
}

type Change = (entry: MigratedEntry) => readonly MigratedEntry[];

function opened(change: EntryChange, kind: string, report: ChangeReport): Change {
  if (change.type === 'entries') return change.open(report);
  const { element = (value: unknown) => value } = change.open(report);
  const each = (values: readonly unknown[]): unknown[] =>
    values.flatMap((value) => {
      try {
        return [element(value)];
      } catch (error) {
        if (error === SKIP_ENTRY) return [];
        throw error;
      }
    });
  return (entry) => {
    const { value } = entry;
    if (kind.endsWith('list') && Array.isArray(value)) return [{ ...entry, value: each(value) }];
    if ((kind === 'map' || kind === 'broadcast') && value instanceof MapValue) {
      const pairs = value.entries.flatMap(([key, one]) => each([one]).map((now) => [key, now] as const));
      return [{ ...entry, value: new MapValue(pairs) }];
    }
    return each([value]).map((now) => ({ ...entry, value: now }));
  };
}

const codecs = new WeakMap<SerializerSnapshot, Codec>();

function codecOf(snapshot: SerializerSnapshot, { formats }: Savepoint): Codec {
  const known = codecs.get(snapshot);
  if (known !== undefined) return known;
  const codec = compileCodec(snapshot, { formats });
  codecs.set(snapshot, codec);
  return codec;
}

/** Writes a value by a serializer and reads it again, so that what is shown is what Flink would see. */
function again(snapshot: SerializerSnapshot, value: unknown, savepoint: Savepoint): unknown {
  const codec = codecOf(snapshot, savepoint);
  const output = new DataOutputView();
  codec.write(output, value);
  return JSON.parse(toJson(codec.read(new DataInputView(output.toBytes()))));
}

/** Times in the order of the value's JSON. */
function ordered({ value, ttl }: MigratedEntry): readonly bigint[] | undefined {
  if (typeof ttl === 'bigint' || ttl === undefined || !(value instanceof MapValue))
    return ttl as bigint[] | undefined;
  return jsonOrder(value).map((i) => ttl[i]!);
}

function shown(state: PlannedState, entry: MigratedEntry, savepoint: Savepoint): Shown {
  const { keySerializer, namespaceSerializer, valueSerializer, kind } = state;
  const key =
    keySerializer === undefined || kind === 'broadcast' ? null : again(keySerializer, entry.key, savepoint);
  const namespace =
    namespaceSerializer === undefined ? null : again(namespaceSerializer, entry.namespace, savepoint);
  const json = JSON.parse(toJson(entry.value));
  if (entry.ttl !== undefined || ['timer', 'operator-list', 'union-list', 'broadcast'].includes(kind)) {
    const ttl = typeof entry.ttl === 'bigint' ? Number(entry.ttl) : ordered(entry)?.map(Number);
    return ttl === undefined ? { key, namespace, value: json } : { key, namespace, value: json, ttl };
  }
  return { key, namespace, value: again(valueSerializer, entry.value, savepoint) };
}
