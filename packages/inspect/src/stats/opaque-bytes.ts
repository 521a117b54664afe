import { MapValue, Opaque, RecordValue, RowValue, SetValue, TtlValue } from '@statewright/serializers';

/** Bytes of all opaque parts of a decoded value. */
export function opaqueBytes(value: unknown): number {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 0;
  if (value instanceof Opaque) return value.bytes.length;
  if (Array.isArray(value)) return sumOf(value);
  if (value instanceof RecordValue || value instanceof RowValue) return sumOf(value.fields);
  if (value instanceof MapValue) return value.entries.reduce((total, entry) => total + sumOf(entry), 0);
  if (value instanceof SetValue) return sumOf(value.elements);
  if (value instanceof TtlValue) return opaqueBytes(value.value);
  return 'value' in value ? opaqueBytes(value.value) : 0;
}

function sumOf(values: readonly unknown[]): number {
  let total = 0;
  for (const value of values) total += opaqueBytes(value);
  return total;
}
