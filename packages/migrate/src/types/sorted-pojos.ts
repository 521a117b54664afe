import type { SerializerSnapshot } from '@statewright/serializers';
import { changeType } from './change-type.js';
import { isPojo, pojoWith } from './pojo.js';
import { renamed } from './type-change.js';

/**
 * The type with the fields of all its POJOs in the order of their names, as a job's `PojoTypeInfo` has them. In another order
 * Flink would not restore them right: `PojoSerializerSnapshot` takes POJOs of the same fields for compatible as they
 * are, so that the RocksDB backend reads bytes in the old order as if they were in the new one (Flink 1.20 and 2.3).
 */
export function sortedPojos(type: SerializerSnapshot): SerializerSnapshot {
  return changeType(type, (snapshot) => {
    if (!isPojo(snapshot)) return undefined;
    const fields = [...snapshot.fields].sort((a, b) => (a.name < b.name ? -1 : 1));
    return fields.every((field, i) => field === snapshot.fields[i])
      ? undefined
      : renamed(pojoWith(snapshot, { fields }));
  }).snapshot;
}
