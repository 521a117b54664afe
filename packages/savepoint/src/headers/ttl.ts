import type { CompositeSnapshot, SerializerSnapshot } from '@statewright/serializers';
import type { StateKind } from '../model.js';

const STATE = 'org.apache.flink.runtime.state.';
/** State API v2 has a class of its own, around the same serializers in the same order. */
const TTL_SNAPSHOTS: readonly string[] = [
  `${STATE}ttl.TtlStateFactory$TtlSerializerSnapshot`,
  `${STATE}v2.ttl.TtlStateFactory$TtlSerializerSnapshot`,
];
/** Wraps a serializer of state whose descriptor may have TTL or not (Flink 2.0+). */
const TTL_AWARE_SNAPSHOT = `${STATE}ttl.TtlAwareSerializerSnapshot`;

/** The serializer that a `TtlAwareSerializer` wraps; any other as it is. */
export function withoutTtlAware(snapshot: SerializerSnapshot): SerializerSnapshot {
  return snapshot.className === TTL_AWARE_SNAPSHOT ? (snapshot.nested[0] ?? snapshot) : snapshot;
}

/**
 * Whether it is that of a `TtlSerializer`, whose values carry the time of last access. Of one that could not be read only the
 * name is known, and its values are opaque with their times.
 */
export function isTtl(snapshot: SerializerSnapshot): snapshot is CompositeSnapshot {
  return TTL_SNAPSHOTS.includes(snapshot.className) && !('unreadable' in snapshot);
}

/** What tells of a keyed state whether it has TTL. */
export interface TtlTypes {
  readonly kind: StateKind;
  readonly valueSerializer: SerializerSnapshot;
  readonly stateV2: boolean;
}

/**
 * Whether the entries of a keyed state carry the time of their last access.
 * Follows `TtlStateFactory` of both state APIs (Flink 2.3).
 */
export function hasTtl(types: TtlTypes): boolean {
  const element = elementSerializer(types);
  return element !== undefined && isTtl(withoutTtlAware(element));
}

/** What carries the TTL: a list's element, a map's value, else the state itself. State API v2 stores nothing but that. */
export function elementSerializer({
  kind,
  valueSerializer,
  stateV2,
}: TtlTypes): SerializerSnapshot | undefined {
  if (stateV2) return valueSerializer;
  const outer = withoutTtlAware(valueSerializer);
  if (kind === 'list') return outer.nested[0];
  if (kind === 'map') return outer.nested[1];
  return outer;
}
