import { isTtl } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import type { Convert, EntryPart, ValuesChange } from '../job/entry-change.js';
import type { Feed, PlannedState, StateFeed } from '../job/planned-job.js';
import { changeType } from './change-type.js';
import { isUnchanged, type OpenConvert, openSafely, type TypeChange, type TypeRule } from './type-change.js';

const TTL_AWARE = 'org.apache.flink.runtime.state.ttl.TtlAwareSerializerSnapshot';
/** Gives the serializer of what `EntryPart` calls an element; TTL, list and map are around it. */
type Use = (element: SerializerSnapshot) => SerializerSnapshot;

/** The state's value serializer with another one for its elements, inside the wrappers of TTL, lists and maps. */
export function withElement(state: PlannedState, use: Use): SerializerSnapshot {
  const { kind, stateV2, valueSerializer } = state;
  const position = stateV2 ? undefined : kind === 'list' ? 0 : kind === 'map' ? 1 : undefined;
  return throughTtl(valueSerializer, (outer) => {
    if (position === undefined) return use(outer);
    return withNested(outer, position, (carrier) => throughTtl(carrier, use));
  });
}

/** The serializer of the state's elements. */
export function elementOf(state: PlannedState): SerializerSnapshot {
  let found = state.valueSerializer;
  withElement(state, (element) => {
    found = element;
    return element;
  });
  return found;
}

function throughTtl(snapshot: SerializerSnapshot, use: Use): SerializerSnapshot {
  if (snapshot.className === TTL_AWARE) return withNested(snapshot, 0, (inner) => throughTtl(inner, use));
  return isTtl(snapshot) ? withNested(snapshot, 1, use) : use(snapshot);
}

function withNested(snapshot: SerializerSnapshot, position: number, use: Use): SerializerSnapshot {
  const old = snapshot.nested[position];
  if (old === undefined || 'unreadable' in snapshot) return snapshot;
  const now = use(old);
  if (now === old) return snapshot;
  return { ...snapshot, nested: snapshot.nested.map((one, i) => (i === position ? now : one)) };
}

/** The serializer of a map's or a broadcast state's keys; undefined for other states. */
export function userKeyOf(state: PlannedState): SerializerSnapshot | undefined {
  if (state.kind === 'broadcast') return state.keySerializer;
  if (state.kind !== 'map') return undefined;
  if (state.stateV2) return state.userKeySerializer;
  const { valueSerializer } = state;
  const outer = valueSerializer.className === TTL_AWARE ? valueSerializer.nested[0] : valueSerializer;
  return outer?.nested[0];
}

function withUserKey(state: PlannedState, userKey: SerializerSnapshot): PlannedState {
  if (state.kind === 'broadcast') return { ...state, keySerializer: userKey };
  if (state.stateV2) return { ...state, userKeySerializer: userKey };
  const inMap: Use = (map) => withNested(map, 0, () => userKey);
  const { valueSerializer } = state;
  const now =
    valueSerializer.className === TTL_AWARE ? withNested(valueSerializer, 0, inMap) : inMap(valueSerializer);
  return { ...state, valueSerializer: now };
}

/** A state whose types have changed. */
export interface StateChange {
  readonly state: PlannedState;
  /** Its entries keep their bytes. */
  readonly keepsBytes: boolean;
  /** The parts of its entries that are converted. */
  readonly parts: readonly EntryPart[];
}

/** Which parts of a state a rule is for. */
export interface ChangeParts {
  /** Keys and namespaces, too. */
  readonly keys: boolean;
}

/**
 * Applies a rule to the types of a state: its elements and the keys of maps and broadcast state, and with `keys` its key and
 * namespace. Undefined when nothing changes.
 */
export function changeState(
  state: PlannedState,
  step: number,
  rule: TypeRule,
  { keys }: ChangeParts,
): StateChange | undefined {
  const opens = new Map<EntryPart, OpenConvert>();
  let now = state;
  let keepsBytes = true;
  const change = (part: EntryPart, old: SerializerSnapshot, put: (change: TypeChange) => PlannedState) => {
    const changed = changeType(old, rule);
    if (isUnchanged(changed, old)) return;
    const open = openSafely(changed, old);
    if (open !== undefined) opens.set(part, open);
    keepsBytes &&= changed.keepsBytes;
    now = put(changed);
  };
  if (state.kind !== 'timer') {
    change('element', elementOf(state), ({ snapshot }) => ({
      ...now,
      valueSerializer: withElement(now, () => snapshot),
    }));
    const userKey = userKeyOf(state);
    if (userKey !== undefined) change('userKey', userKey, ({ snapshot }) => withUserKey(now, snapshot));
  }
  if (keys) changeKeys(state, change, () => now);
  if (now === state) return undefined;
  return { state: withValuesChange(now, step, opens, keepsBytes), keepsBytes, parts: [...opens.keys()] };
}

type Change = (part: EntryPart, old: SerializerSnapshot, put: (change: TypeChange) => PlannedState) => void;

function changeKeys(state: PlannedState, change: Change, now: () => PlannedState): void {
  const { keySerializer, namespaceSerializer, kind, valueSerializer } = state;
  if (kind === 'timer') {
    // A timer holds key and namespace itself; the stream's key serializer is the same as the one in it.
    const [key, namespace] = valueSerializer.nested;
    const inTimer = (position: number, snapshot: SerializerSnapshot) =>
      withNested(now().valueSerializer, position, () => snapshot);
    if (key !== undefined) {
      change('key', key, ({ snapshot }) => ({
        ...now(),
        keySerializer: keySerializer === undefined ? undefined : snapshot,
        valueSerializer: inTimer(0, snapshot),
      }));
    }
    if (namespace !== undefined) {
      change('namespace', namespace, ({ snapshot }) => ({ ...now(), valueSerializer: inTimer(1, snapshot) }));
    }
    return;
  }
  if (keySerializer !== undefined && kind !== 'broadcast') {
    change('key', keySerializer, ({ snapshot }) => ({ ...now(), keySerializer: snapshot }));
  }
  if (namespaceSerializer !== undefined) {
    change('namespace', namespaceSerializer, ({ snapshot }) => ({ ...now(), namespaceSerializer: snapshot }));
  }
}

function withValuesChange(
  state: PlannedState,
  step: number,
  opens: ReadonlyMap<EntryPart, OpenConvert>,
  keepsBytes: boolean,
): PlannedState {
  if (opens.size === 0) return state;
  const change: ValuesChange = {
    type: 'values',
    step,
    parts: [...opens.keys()],
    keepsBytes,
    open(report) {
      const converters: { [part in EntryPart]?: Convert } = {};
      for (const [part, open] of opens) converters[part] = open(report);
      return converters;
    },
  };
  return { ...state, feeds: state.feeds.map((feed) => withChange(feed, change)) };
}

function withChange(feed: Feed, change: ValuesChange): Feed {
  // What an earlier step loads has the type of then; steps refuse to change it, see change-types.ts.
  if (feed.type !== 'state') return feed;
  const changed: StateFeed = { ...feed, changes: [...feed.changes, change] };
  return changed;
}
