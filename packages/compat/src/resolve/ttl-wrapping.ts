import { isTtl } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import type { Target } from '../verdict.js';
import { isAtLeast } from './releases.js';
import { isTtlAware, LIST, MAP, TTL_AWARE } from './snapshot-kinds.js';

/** Whether backends compare through `TtlAwareSerializerSnapshot`, which knows that TTL may be turned on and off: since 2.1. */
export function wrapsForTtl({ version }: Target): boolean {
  return isAtLeast(version, 2, 1);
}

/**
 * A snapshot as backends compare it since 2.1: wrapped, or, of a list or map, the element or the value wrapped. Follows
 * `TtlAwareSerializerSnapshotWrapper#getTtlAwareSerializerSnapshot`, Flink 2.3.
 */
export function wrapForTtl(snapshot: SerializerSnapshot): SerializerSnapshot {
  if (snapshot.className === LIST) return { ...snapshot, nested: [wrap(snapshot.nested[0]!)] };
  if (snapshot.className === MAP) {
    return { ...snapshot, nested: [snapshot.nested[0]!, wrap(snapshot.nested[1]!)] };
  }
  return wrap(snapshot);
}

function wrap(snapshot: SerializerSnapshot): SerializerSnapshot {
  if (isTtlAware(snapshot)) return snapshot;
  const wrapped = { className: TTL_AWARE, version: 1, span: snapshot.span, nested: [snapshot] };
  return { ...wrapped, isTtlEnabled: isTtl(snapshot) } as SerializerSnapshot;
}
