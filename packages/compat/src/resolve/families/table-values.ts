import type { ElementTypesSnapshot } from '@statewright/serializers';
import { type Comparison, SAME, single } from '../comparison.js';
import { serializerName } from '../names.js';
import { isBinaryRowData, isElementTypes, isPrecision, isSortedMap } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family, type Pair } from './family.js';
import { sameBytes, sameType, shortType } from './logical-types.js';

/** The same precision and scale. Follows `DecimalSerializerSnapshot` and `TimestampDataSerializerSnapshot`, Flink 1.20 and 2.3. */
export const PRECISION_FAMILY: Family = family({
  is: isPrecision,
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isPrecision(old) || old.className !== now.className) return changed(pair);
    if (old.precision === now.precision && old.scale === now.scale) return SAME;
    const reason = `it was ${serializerName(old)}, but the new job has ${serializerName(now)}`;
    return single({ path, code: 'precision-changed', verdict: 'INCOMPATIBLE', reason }, old, now);
  },
});

/** The same number of fields. Follows `BinaryRowDataSerializerSnapshot`, Flink 1.20 and 2.3. */
export const BINARY_ROW_DATA_FAMILY: Family = family({
  is: isBinaryRowData,
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isBinaryRowData(old)) return changed(pair);
    if (old.arity === now.arity) return SAME;
    const reason = `the row had ${old.arity} fields, but the new job has ${now.arity}`;
    return single({ path, code: 'arity-changed', verdict: 'INCOMPATIBLE', reason }, old, now);
  },
});

/**
 * Equal types, and equal serializers, which follow from them unless a type is RAW. Follows
 * `ArrayDataSerializerSnapshot` and `MapDataSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const ELEMENT_TYPES_FAMILY: Family = family({
  is: isElementTypes,
  resolve(pair) {
    const { old } = pair;
    if (!isElementTypes(old) || old.className !== pair.now.className) return changed(pair);
    return compareElements(pair, old);
  },
});

/** A state contract tells types without the bytes of their Java objects. */
function haveSameObjects(old: ElementTypesSnapshot, now: ElementTypesSnapshot): boolean {
  if (now.objects.length === 0 || old.objects.length !== now.objects.length) return false;
  return now.objects.every((bytes, i) => sameBytes(bytes, old.objects[i]!));
}

function compareElements(pair: Pair<ElementTypesSnapshot>, old: ElementTypesSnapshot): Comparison {
  const { now, path } = pair;
  if (haveSameObjects(old, now)) return SAME;
  const labels = now.types.length === 1 ? ['element'] : ['key', 'value'];
  const same = now.types.map((type, i) => sameType(old.types[i]!, type));
  const at = same.indexOf(false);
  const told = { code: 'row-type-changed' } as const;
  if (at >= 0) {
    const reason = `the ${labels[at]} was ${shortType(old.types[at]!)}, but the new job has ${shortType(now.types[at]!)}`;
    return single({ ...told, path: [...path, labels[at]!], verdict: 'INCOMPATIBLE', reason }, old, now);
  }
  if (!same.includes(undefined)) return SAME;
  const reason = 'the types look the same, and nobody but Java can tell whether they are equal';
  return single({ ...told, path, verdict: 'UNKNOWN', reason }, old, now);
}

/**
 * Equal comparators; keys and values are not compared. Follows `SortedMapSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const SORTED_MAP_FAMILY: Family = family({
  is: isSortedMap,
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isSortedMap(old)) return changed(pair);
    if (!sameBytes(old.comparator, now.comparator)) {
      const reason =
        'the comparator of the sorted map is another Java object, and nobody but Java can tell whether they are equal';
      return single({ path, code: 'serializer-changed', verdict: 'UNKNOWN', reason }, old, now);
    }
    const parts = now.nested.map((child, i) => pair.below(old.nested[i]!, child, i === 0 ? 'key' : 'value'));
    if (parts.every(({ verdict }) => verdict === 'AS_IS')) {
      return parts.some(({ bytes }) => bytes !== 'yes')
        ? { ...SAME, bytes: 'unknown', objects: 'unknown' }
        : SAME;
    }
    const reason = `keys or values of the sorted map have another serializer, which Flink does not compare`;
    const told = { path, code: 'composite-exchanged', verdict: 'AS_IS', reason } as const;
    return single({ ...told, bytes: 'no', objects: 'no' }, old, now);
  },
});
