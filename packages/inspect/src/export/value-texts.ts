import type { State } from '@statewright/savepoint';
import { type SerializerSnapshot, type SnapshotFormat, toJson, toTypedJson } from '@statewright/serializers';
import { innerSerializers, namespaceSerializerOf, withoutTtl } from '../state-serializers.js';

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
    element: as(element && withoutTtl(element)),
    userKey: as(userKey),
    sorted: false,
  };
}
