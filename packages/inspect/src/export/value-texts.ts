import type { State } from '@statewright/savepoint';
import { type SerializerSnapshot, type SnapshotFormat, toJson, toTypedJson } from '@statewright/serializers';

/** How the parts of a state's entries become JSON text. */
export interface ValueTexts {
  readonly key: (value: unknown) => string;
  readonly namespace: (value: unknown) => string;
  /** A whole value; of a list or map state only where it could not be taken apart. */
  readonly value: (value: unknown) => string;
  /** A list's element or a map's value. */
  readonly element: (value: unknown) => string;
  readonly userKey: (value: unknown) => string;
  /** Maps are sorted by their text; with types they keep their order, since `load-state` takes it. */
  readonly sorted: boolean;
}

const PLAIN: ValueTexts = {
  key: toJson,
  namespace: toJson,
  value: toJson,
  element: toJson,
  userKey: toJson,
  sorted: true,
};

/** The texts of `json-mapping`, or with Flink's types beside the numbers (`--typed`). */
export function valueTexts(state: State, typed: readonly SnapshotFormat[] | undefined): ValueTexts {
  if (typed === undefined) return PLAIN;
  const as = (snapshot: SerializerSnapshot | undefined) =>
    snapshot === undefined ? toJson : (value: unknown) => toTypedJson(value, snapshot, typed);
  const { element, userKey } = innerSerializers(state);
  return {
    key: as(state.keySerializer),
    namespace: as(namespaceSerializerOf(state)),
    value:
      state.kind === 'timer'
        ? (value) => `{"long":"${String(value)}"}`
        : as(withoutTtl(state.valueSerializer)),
    element: as(element),
    userKey: as(userKey),
    sorted: false,
  };
}

/** The namespace's serializer; a timer's is inside the timer's. */
export function namespaceSerializerOf(state: State): SerializerSnapshot | undefined {
  if (state.namespaceSerializer !== undefined || state.kind !== 'timer') return state.namespaceSerializer;
  return state.valueSerializer.nested[1];
}

interface InnerSerializers {
  readonly element: SerializerSnapshot | undefined;
  readonly userKey: SerializerSnapshot | undefined;
}

/** The serializers of a list's elements or a map's keys and values, without TTL. */
function innerSerializers(state: State): InnerSerializers {
  const { valueSerializer, kind } = state;
  if (kind === 'operator-list' || kind === 'union-list')
    return { element: valueSerializer, userKey: undefined };
  if (kind === 'broadcast') return { element: valueSerializer, userKey: state.keySerializer };
  const part = state.parts[0];
  const stored = part?.stream.states[part.stateId];
  if (stored?.stateV2 === true) {
    return { element: withoutTtl(valueSerializer), userKey: stored.userKeySerializer };
  }
  const [first, second] = withoutTtl(valueSerializer).nested;
  if (kind === 'map') return { element: second && withoutTtl(second), userKey: first };
  return { element: first && withoutTtl(first), userKey: undefined };
}

/** The user's serializer inside a TTL wrapper, whose nested ones are the time's and the value's. */
function withoutTtl(snapshot: SerializerSnapshot): SerializerSnapshot {
  return /TtlSerializerSnapshot|TtlAwareSerializerSnapshot/.test(snapshot.className)
    ? (snapshot.nested.at(-1) ?? snapshot)
    : snapshot;
}
