import type { SerializerSnapshot } from '@statewright/serializers';

const BASE = 'org.apache.flink.api.common.typeutils.base.';
const LIST = `${BASE}ListSerializerSnapshot`;
const MAP = `${BASE}MapSerializerSnapshot`;
const SET = `${BASE}SetSerializerSnapshot`;
const NULLABLE = 'org.apache.flink.api.java.typeutils.runtime.NullableSerializer$NullableSerializerSnapshot';
const COLLECTIONS: ReadonlySet<string> = new Set([LIST, MAP, SET]);

/** The Java types for which Flink 2.x makes serializers of its own, where 1.x took Kryo. */
export const REFLECTED: ReadonlySet<string> = new Set(['java.util.List', 'java.util.Map', 'java.util.Set']);

/**
 * A list, map or set as reflection makes it of a POJO's field in Flink 2.x: null is allowed for it, for a list's elements
 * and for a map's keys. Of nested ones reflection makes none of this. Follows `TypeExtractor`, `NullableListTypeInfo`,
 * `NullableMapTypeInfo` and `NullableSetTypeInfo`, Flink 2.3.
 */
export function reflected(snapshot: SerializerSnapshot): SerializerSnapshot {
  const { className, nested } = snapshot;
  if (!COLLECTIONS.has(className) || nested.some((inner) => COLLECTIONS.has(inner.className)))
    return snapshot;
  const [first, ...rest] = nested;
  const inner = className === SET ? nested : [nullable(first!), ...rest];
  return nullable({ ...snapshot, nested: inner });
}

/** Follows `NullableSerializer#wrap`, which wraps no other of its kind, without padding. */
function nullable(inner: SerializerSnapshot): SerializerSnapshot {
  if (inner.className === NULLABLE) return inner;
  const frame = { className: NULLABLE, version: 3, outerVersion: 2, outer: 0 };
  return { ...frame, nested: [inner], span: inner.span } as SerializerSnapshot;
}
