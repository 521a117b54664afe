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
  VariantValue,
} from '@statewright/serializers';

type ToCel = (value: unknown) => unknown;

/**
 * A decoded value as CEL sees it: numbers, bigints, strings, booleans, null, bytes and lists as they are; records, named
 * rows and maps as maps, so that no name of a snapshot is ever a property; instants as timestamps; all else as
 * `json-mapping` writes it.
 */
export function celValue(value: unknown): unknown {
  return convert(value, celValue);
}

/** Decoded values by the CEL values that hold less than they do. */
const lessThan = new WeakMap<object, unknown>();

/**
 * As `celValue`, but that BigDecimals are texts, and that `originals` gives back what CEL has no exact form of: instances
 * of subclasses, rows of another kind than INSERT, times beyond a calendar or with parts of milliseconds, variants, opaque bytes.
 */
export function exactCelValue(value: unknown): unknown {
  if (value instanceof BigDecimalValue) return JSON.parse(toJson(value));
  const made = convert(value, exactCelValue);
  if (typeof made === 'object' && made !== null && made !== value && isMore(value)) {
    lessThan.set(made, value);
  }
  return made;
}

function isMore(value: unknown): boolean {
  if (value instanceof RecordValue) return value.subclass !== undefined;
  if (value instanceof RowValue) return value.kind !== 0;
  if (value instanceof TimeValues.InstantValue) return value.nanos % 1_000_000 !== 0;
  if (value instanceof TimeValues.DateValue) return Number.isNaN(new Date(Number(value.millis)).getTime());
  return value instanceof Opaque || value instanceof VariantValue;
}

/** What CEL gave back, with the decoded values for which it had no exact form in their places. */
export function originals(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const original = lessThan.get(value);
  if (original !== undefined) return original;
  if (Array.isArray(value)) return value.map(originals);
  if (value instanceof Map) return originalMap([...value]);
  // What an expression writes as {…} comes out as a plain object.
  return isPlainObject(value) ? originalMap(Object.entries(value)) : value;
}

function originalMap(entries: readonly (readonly [unknown, unknown])[]): Map<unknown, unknown> {
  return new Map(entries.map(([key, item]) => [originals(key), originals(item)]));
}

function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function convert(value: unknown, child: ToCel): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(child);
  if (value instanceof RecordValue) return named(value.shape.names, value.fields, child);
  if (value instanceof MapValue) return celMap(value, child);
  if (value instanceof RowValue) {
    return value.names === undefined ? value.fields.map(child) : named(value.names, value.fields, child);
  }
  return rareValue(value, child);
}

function rareValue(value: object, child: ToCel): unknown {
  if (value instanceof SetValue) return value.elements.map(child);
  if (value instanceof TtlValue || value instanceof AvroUnionValue) return child(value.value);
  if (value instanceof EitherValue) return named([value.side], [value.value], child);
  if (value instanceof BigIntegerValue) return value.value;
  if (value instanceof BigDecimalValue) return Number(JSON.parse(toJson(value)));
  if (value instanceof TimeWindowValue) return named(['start', 'end'], [value.start, value.end], child);
  if (value instanceof Opaque) return named(['opaque'], [value.bytes], child);
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

function named(names: readonly string[], fields: readonly unknown[], child: ToCel): Map<string, unknown> {
  return new Map(names.map((name, i) => [name, child(fields[i])]));
}

/** By key where every key is a text, a whole number or a boolean, else a list of `{key, value}`. */
function celMap({ entries }: MapValue, child: ToCel): unknown {
  const keys = entries.map(([key]) => (Number.isInteger(key) ? BigInt(key as number) : key));
  if (keys.every((key) => ['string', 'bigint', 'boolean'].includes(typeof key))) {
    return new Map(entries.map(([, value], i) => [keys[i], child(value)]));
  }
  return entries.map(([key, value]) => named(['key', 'value'], [key, value], child));
}
