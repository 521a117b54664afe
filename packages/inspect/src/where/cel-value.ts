import {
  AvroUnionValue,
  BigDecimalValue,
  BigIntegerValue,
  EitherValue,
  MapValue,
  Opaque,
  RecordValue,
  RowValue,
  SetValue,
  TimeValues,
  TimeWindowValue,
  TtlValue,
  toJson,
} from '@statewright/serializers';

/**
 * A decoded value as CEL sees it: numbers, bigints, strings, booleans, null, bytes and lists as they are; records, named
 * rows and maps as maps, so that no name of a snapshot is ever a property; instants as timestamps; all else as
 * `json-mapping` writes it.
 */
export function celValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(celValue);
  if (value instanceof RecordValue) return named(value.shape.names, value.fields);
  if (value instanceof MapValue) return celMap(value);
  if (value instanceof RowValue) {
    return value.names === undefined ? value.fields.map(celValue) : named(value.names, value.fields);
  }
  return rareValue(value);
}

function rareValue(value: object): unknown {
  if (value instanceof SetValue) return value.elements.map(celValue);
  if (value instanceof TtlValue || value instanceof AvroUnionValue) return celValue(value.value);
  if (value instanceof EitherValue) return named([value.side], [value.value]);
  if (value instanceof BigIntegerValue) return value.value;
  if (value instanceof BigDecimalValue) return Number(JSON.parse(toJson(value)));
  if (value instanceof TimeWindowValue) return named(['start', 'end'], [value.start, value.end]);
  if (value instanceof Opaque) return named(['opaque'], [value.bytes]);
  return instant(value) ?? plain(JSON.parse(toJson(value)));
}

function instant(value: object): Date | undefined {
  if (value instanceof TimeValues.DateValue) return new Date(Number(value.millis));
  if (value instanceof TimeValues.InstantValue) {
    return new Date(Number(value.seconds) * 1000 + Math.floor(value.nanos / 1e6));
  }
  return undefined;
}

/** JSON, with maps in the place of objects. */
function plain(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(plain);
  return new Map(Object.entries(json).map(([name, value]) => [name, plain(value)]));
}

function named(names: readonly string[], fields: readonly unknown[]): Map<string, unknown> {
  return new Map(names.map((name, i) => [name, celValue(fields[i])]));
}

/** By key where every key is a text, a whole number or a boolean, else a list of `{key, value}`. */
function celMap({ entries }: MapValue): unknown {
  const keys = entries.map(([key]) => (Number.isInteger(key) ? BigInt(key as number) : key));
  if (keys.every((key) => ['string', 'bigint', 'boolean'].includes(typeof key))) {
    return new Map(entries.map(([, value], i) => [keys[i], celValue(value)]));
  }
  return entries.map(([key, value]) => named(['key', 'value'], [key, value]));
}
