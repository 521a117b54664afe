import { MapValue, RecordValue, RowValue } from '@statewright/serializers';

/** The same value made anew, as a caller would make it: nothing of the bytes it was read from is left. */
export function madeAnew(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(madeAnew);
  if (value instanceof MapValue)
    return new MapValue(value.entries.map(([k, v]) => [madeAnew(k), madeAnew(v)]));
  if (value instanceof RowValue) return new RowValue(value.kind, value.fields.map(madeAnew), value.names);
  if (value instanceof RecordValue) return new RecordValue(value.shape, value.fields.map(madeAnew));
  return value;
}

/** How many rows are in a value. */
export function rowsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + rowsIn(item), 0);
  if (value instanceof MapValue) return value.entries.reduce((sum, entry) => sum + rowsIn([...entry]), 0);
  if (value instanceof RowValue) return 1 + rowsIn([...value.fields]);
  return value instanceof RecordValue ? rowsIn([...value.fields]) : 0;
}
