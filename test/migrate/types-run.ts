import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import { parseType } from '@statewright/compat';
import {
  type ChangeEvent,
  type EntryConverters,
  type PlannedState,
  type ResolvedPlan,
  readPlan,
  resolvePlan,
  SKIP_ENTRY,
  type StateFeed,
} from '@statewright/migrate';
import { openSavepoint, readEntries, type Savepoint, type State } from '@statewright/savepoint';
import {
  type Codec,
  compileCodec,
  MapValue,
  Opaque,
  type SerializerSnapshot,
  toJson,
} from '@statewright/serializers';

/*
 * Runs the type-changing steps of a plan on a snapshot in memory: every entry is decoded, converted, encoded by the new
 * serializer and decoded again, so that what comes out is what a reader of the result would see.
 */

/** What has become of a snapshot's entries: `OPERATOR/STATE key namespace subtask` to its value as parsed JSON. */
export interface ConvertedEntries {
  readonly resolved: ResolvedPlan;
  readonly entries: ReadonlyMap<string, unknown>;
  readonly events: ReadonlyMap<ChangeEvent, number>;
}

/** What a run gets beside the plan. */
export interface RunOptions {
  /** Where the files lie that the plan names. */
  readonly beside?: string;
  /** Operators of a snapshot before 2.0 that the plan names. */
  readonly uids?: readonly string[];
  /** The serializer that values are read again with; default: the one that they were written with. */
  readonly readAs?: (written: SerializerSnapshot) => SerializerSnapshot;
}

/** Puts a plan on a snapshot. */
export async function resolve(
  snapshot: string,
  plan: string,
  flinkVersion: string,
  { beside = '.', uids = [] }: RunOptions = {},
): Promise<ResolvedPlan> {
  const savepoint = await openSavepoint(snapshot, { uidCandidates: uids });
  const read = await readPlan('plan.yaml', plan);
  return resolvePlan(savepoint, read, {
    flinkVersion,
    readFile: (name) => readFile(join(beside, name)),
    pathOf: (name) => join(beside, name),
    loadModule: () => Promise.reject(new Error('no modules here')),
    nowMillis: 0n,
  });
}

/** Resolves a plan and converts every entry of the states that it leaves. */
export async function convert(
  snapshot: string,
  plan: string,
  flinkVersion: string,
  options: RunOptions = {},
): Promise<ConvertedEntries> {
  const resolved = await resolve(snapshot, plan, flinkVersion, options);
  const entries = new Map<string, unknown>();
  const events = new Map<ChangeEvent, number>();
  const report = { count: (what: ChangeEvent) => void events.set(what, (events.get(what) ?? 0) + 1) };
  for (const operator of resolved.job.operators) {
    for (const state of operator.states) {
      const convert = converterOf(state, report, options.readAs ?? ((written) => written));
      for (const feed of state.feeds) {
        if (feed.type !== 'state') continue;
        const [savepoint, from] = await sourceOf(snapshot, feed);
        for await (const batch of readEntries(savepoint, [from])) {
          for (const entry of batch) {
            const [key, value] = convert(entry.key, entry.value);
            if (value === SKIP_ENTRY) continue;
            const owner =
              state.kind.startsWith('operator') || state.kind.startsWith('union') ? entry.subtask : '';
            const address = `${operator.uid ?? operator.id}/${state.name} ${state.kind}`;
            entries.set(
              `${address} ${toJson(key ?? null)} ${toJson(entry.namespace ?? null)} ${owner}`,
              JSON.parse(toJson(value)),
            );
          }
        }
      }
    }
  }
  return { resolved, entries, events };
}

/** The state that a feed reads, decoded with the feed's own formats. */
async function sourceOf(snapshot: string, { from, formats }: StateFeed): Promise<[Savepoint, State]> {
  const savepoint = await openSavepoint(snapshot, formats === undefined ? {} : { snapshots: formats });
  const states = savepoint.operators.find(({ id }) => id === from.operator.id)!.states;
  return [savepoint, states.find(({ name, kind }) => name === from.name && kind === from.kind)!];
}

type Both = (key: unknown, value: unknown) => readonly [unknown, unknown];

function converterOf(
  state: PlannedState,
  report: { count(what: ChangeEvent): void },
  readAs: (written: SerializerSnapshot) => SerializerSnapshot,
): Both {
  const changes = state.feeds.flatMap((feed) => (feed as StateFeed).changes);
  const opened = changes.map((change): EntryConverters => {
    if (change.type !== 'values') throw new Error('only type changes are run here');
    return change.open(report);
  });
  const part = (name: keyof EntryConverters, type: SerializerSnapshot | undefined) => {
    const codec = type === undefined ? undefined : compileCodec(type);
    const reader = type === undefined ? undefined : compileCodec(readAs(type));
    return (value: unknown): unknown => {
      try {
        const made = opened.reduce((now, converters) => converters[name]?.(now) ?? now, value);
        return codec === undefined || reader === undefined ? made : again(codec, reader, made);
      } catch (error) {
        if (error === SKIP_ENTRY) return SKIP_ENTRY;
        throw error;
      }
    };
  };
  const { element, userKey } = partsOf(state);
  const [convertElement, convertKey] = [part('element', element), part('userKey', userKey)];
  const key = part('key', undefined);
  return (oldKey, value) => {
    if (state.kind === 'timer') return [key(oldKey), value];
    if (value instanceof Opaque && state.kind === 'broadcast') {
      // A map with an entry that has no end comes as its bytes: the number of entries, then those.
      const { bytes } = part('element', undefined)(value) as Opaque;
      const flat = readTurns([readAs(userKey!), readAs(element)], bytes.subarray(4), '');
      return [key(oldKey), pairs(flat)];
    }
    if (value instanceof MapValue && state.kind === 'broadcast') {
      const [bareKey, bareElement] = [part('userKey', undefined), part('element', undefined)];
      const flat = value.entries.flatMap(([k, v]) => [bareKey(k), bareElement(v)]);
      return [
        key(oldKey),
        pairs(rewritten([userKey!, element], [readAs(userKey!), readAs(element)], flat, '')),
      ];
    }
    if (value instanceof MapValue && state.kind === 'map') {
      const pairs = value.entries.map(
        ([k, v]) => [convertKey(k), v === null ? null : convertElement(v)] as const,
      );
      return [key(oldKey), new MapValue(pairs.filter(([k, v]) => k !== SKIP_ENTRY && v !== SKIP_ENTRY))];
    }
    if (!LISTS.includes(state.kind) || !Array.isArray(value)) return [key(oldKey), convertElement(value)];
    if (state.kind !== 'list') return [key(oldKey), kept(value.map(convertElement))];
    // Elements of a ListState lie between commas, so that one without an end takes those behind it along.
    return [
      key(oldKey),
      kept(rewritten([element], [readAs(element)], value.map(part('element', undefined)), ',')),
    ];
  };
}

const LISTS = ['list', 'operator-list', 'union-list'];

function kept(elements: readonly unknown[]): unknown {
  const left = elements.filter((one) => one !== SKIP_ENTRY);
  return left.length === 0 ? SKIP_ENTRY : left;
}

function pairs(flat: readonly unknown[]): MapValue {
  return new MapValue(flat.flatMap((key, i) => (i % 2 === 0 ? [[key, flat[i + 1]] as const] : [])));
}

/** Values of these types by turns, written one after the other and read again. */
function rewritten(
  types: readonly SerializerSnapshot[],
  readAs: readonly SerializerSnapshot[],
  values: readonly unknown[],
  between: string,
): unknown[] {
  const output = new DataOutputView();
  const codecs = types.map((one) => compileCodec(one));
  values.forEach((value, i) => {
    if (value === SKIP_ENTRY || (value instanceof Opaque && value.bytes.length === 0)) return;
    if (output.view().length > 0) output.writeBytes(Buffer.from(between));
    codecs[i % codecs.length]!.write(output, value);
  });
  return readTurns(readAs, output.toBytes(), between);
}

function readTurns(types: readonly SerializerSnapshot[], bytes: Uint8Array, between: string): unknown[] {
  const input = new DataInputView(bytes, 'again');
  const readers = types.map((one) => compileCodec(one));
  const elements: unknown[] = [];
  while (input.remaining > 0) {
    elements.push(readers[elements.length % readers.length]!.read(input));
    if (input.remaining > 0) input.pos += between.length;
  }
  return elements;
}

function again(codec: Codec, reader: Codec, value: unknown): unknown {
  const output = new DataOutputView();
  codec.write(output, value);
  const input = new DataInputView(output.toBytes(), 'again');
  const read = reader.read(input);
  input.expectEnd('value');
  return read;
}

/** The serializers of a state's elements and user keys, without the wrappers of TTL, lists and maps. */
export function partsOf(state: PlannedState): {
  element: SerializerSnapshot;
  userKey: SerializerSnapshot | undefined;
} {
  const bare = (snapshot: SerializerSnapshot): SerializerSnapshot => {
    if (snapshot.className.endsWith('TtlAwareSerializerSnapshot')) return bare(snapshot.nested[0]!);
    return snapshot.className.endsWith('TtlStateFactory$TtlSerializerSnapshot')
      ? snapshot.nested[1]!
      : snapshot;
  };
  const outer = bare(state.valueSerializer);
  if (state.kind === 'broadcast') return { element: outer, userKey: state.keySerializer };
  if (state.stateV2) return { element: outer, userKey: state.userKeySerializer };
  if (state.kind === 'list') return { element: bare(outer.nested[0]!), userKey: undefined };
  if (state.kind === 'map') return { element: bare(outer.nested[1]!), userKey: outer.nested[0] };
  return { element: outer, userKey: undefined };
}

/** A type in the contract's syntax. */
export function type(text: string): SerializerSnapshot {
  return parseType(text, {
    error: (_, reason) => new StatewrightError('BAD_DOCUMENT', { reason }),
    file: 'test',
    named: () => undefined,
    names: [],
    readFile: () => '',
  });
}
