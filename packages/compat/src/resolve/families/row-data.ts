import type { RowDataSnapshot } from '@statewright/serializers';
import { type Comparison, combine, single } from '../comparison.js';
import { isRowData, isRowDataKey } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family, type Pair } from './family.js';
import { sameBytes, sameType, shortType } from './logical-types.js';

/**
 * Equal column types, then the columns' serializers. A rebuilt serializer is the plain new one: what a column's own
 * answer rebuilt is lost. Follows `RowDataSerializer.RowDataSerializerSnapshot#resolveSchemaCompatibility`, Flink 1.20
 * and 2.3.
 */
export const ROW_DATA_FAMILY: Family = family({
  is: isRowData,
  resolve(pair) {
    const { old } = pair;
    if (!isRowData(old)) return changed(pair);
    const different = columnsChanged(pair, old);
    if (different !== undefined) return different;
    const parts = pair.now.nested.map((child, i) => pair.below(old.nested[i]!, child, `f${i}`));
    const whole = combine(parts);
    if (whole.verdict !== 'WITH_RECONFIGURED_SERIALIZER') return whole;
    return { ...whole, bytes: whole.bytes === 'no' ? 'no' : 'unknown' };
  },
});

/**
 * What the old snapshot says about itself: by a slip in Flink the new one is not asked. Follows
 * `RowDataKeySerializerSnapshot#resolveSchemaCompatibility`, Flink 2.3.
 */
export const ROW_DATA_KEY_FAMILY: Family = family({
  is: isRowDataKey,
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isRowDataKey(old)) return changed(pair);
    const inner = pair.below(old.nested[0]!, now.nested[0]!, undefined);
    if (inner.verdict === 'AS_IS') return inner;
    const reason = 'the row of the key has changed, and Flink compares the old row with itself';
    const told = { path, code: 'row-type-changed', verdict: 'AS_IS', reason } as const;
    return single({ ...told, bytes: 'no', objects: 'no' }, old, now);
  },
});

function columnsChanged(pair: Pair<RowDataSnapshot>, old: RowDataSnapshot): Comparison | undefined {
  const { now, path } = pair;
  if (old.types.length !== now.types.length) {
    const reason = `the row had ${old.types.length} columns, and the new job has ${now.types.length}`;
    return single({ path, code: 'row-type-changed', verdict: 'INCOMPATIBLE', reason }, old, now);
  }
  let unsure: Comparison | undefined;
  for (const [i, type] of now.types.entries()) {
    const before = old.types[i]!;
    if (haveSameBytes(old, now, i)) continue;
    const same = sameType(before, type);
    if (same === true) continue;
    const at = [...path, `f${i}`];
    if (same === undefined) {
      const reason = `column ${i} is ${shortType(type)} on both sides, and nobody but Java can tell whether they are equal`;
      unsure ??= single({ path: at, code: 'row-type-changed', verdict: 'UNKNOWN', reason }, old, now);
      continue;
    }
    const reason = `column ${i} was ${shortType(before)}, but the new job has ${shortType(type)}`;
    const told = { path: at, code: 'row-type-changed', verdict: 'INCOMPATIBLE', reason } as const;
    return single(told, old.nested[i] ?? old, now.nested[i] ?? now);
  }
  return unsure;
}

/** A state contract tells types without the bytes of their Java objects. */
function haveSameBytes(old: RowDataSnapshot, now: RowDataSnapshot, i: number): boolean {
  const [before, after] = [old.typeBytes[i], now.typeBytes[i]];
  return before !== undefined && after !== undefined && sameBytes(before, after);
}
