import { DataInputView, describeJavaObject, isJavaObject, javaField } from '@statewright/bytes';
import {
  BigDecimalValue,
  BigIntegerValue,
  EitherValue,
  GlobalWindowValue,
  MapValue,
  Opaque,
  RecordValue,
  RowValue,
  SetValue,
  TimerValue,
  TimeValues,
  TimeWindowValue,
  TtlValue,
  toJson,
} from '@statewright/serializers';
import type { Recorded } from './recorded-value.js';

/** Words for a value that is nothing. */
const NOTHING = ['null', '(null)', 'None', 'VoidNamespace'];
const ROW_KINDS = ['+I', '-U', '+U', '-D'];
/** Sets, and a POJO by its constructor: its fields are stored by name. */
const UNORDERED = new Set(['Set', 'BitSet', 'Pojo']);
/** Java fields that the reflection dump shows and no serializer writes. */
const NOT_WRITTEN = new Set(['stateChanged', 'hasTimestamp']);

/** Where a decoded value differs from the recorded one; undefined when it does not. */
export function mismatch(recorded: Recorded, value: unknown, path = 'value'): string | undefined {
  if (value instanceof Opaque) return opaqueMismatch(recorded, value, path);
  switch (recorded.kind) {
    case 'json':
      return sameJson(recorded.json, JSON.parse(toJson(value))) ? undefined : `${path}: ${toJson(value)}`;
    case 'scalar':
      return isScalar(recorded, value) ? undefined : `${path}: ${show(value)} is not ${recorded.text}`;
    case 'map':
      return mapMismatch(recorded.entries, value, path);
    case 'list':
      return listMismatch(recorded.name, recorded.items, value, path);
    case 'record':
      return recordMismatch(recorded.name, recorded.fields, value, path);
  }
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : toJson(value);
}

/** Opaque values show no more than their class; that all of their bytes are kept is checked by writing them. */
function opaqueMismatch(recorded: Recorded, value: Opaque, path: string): string | undefined {
  if (value.bytes.length === 0) return `${path}: no bytes`;
  if (recorded.kind === 'scalar') return javaMismatch(recorded.text, value, path);
  const name = 'name' in recorded ? recorded.name : '';
  return value.className === undefined || /Exception$/.test(name) || related(value.className, name)
    ? undefined
    : `${path}: ${value.className} is not ${name}`;
}

/** `JavaSerializer`: a boxed number in an object stream. */
function javaMismatch(text: string, value: Opaque, path: string): string | undefined {
  const root = describeJavaObject(new DataInputView(value.bytes));
  const number = isJavaObject(root) ? javaField(root, 'value') : undefined;
  return String(number) === text ? undefined : `${path}: ${number} is not ${text}`;
}

/** Kryo's type may be a superclass in the same file: `Animal` for a `Dog`. */
function related(className: string, name: string): boolean {
  return (
    className.split(/[.$]/).slice(0, -1).join() === name.split(/[.$]/).slice(0, -1).join() ||
    className === name
  );
}

/** Floats are recorded as floats and JSON numbers as the shortest text of their own type. */
function sameJson(recorded: unknown, value: unknown): boolean {
  if (typeof recorded === 'number' && typeof value === 'number') {
    return recorded === value || Math.fround(recorded) === value;
  }
  if (typeof recorded !== 'object' || recorded === null || typeof value !== 'object' || value === null) {
    return recorded === value;
  }
  const keys = Object.keys(recorded);
  return (
    keys.length === Object.keys(value).length &&
    keys.every((key) => sameJson((recorded as never)[key], (value as never)[key]))
  );
}

function isScalar({ text, quoted, type }: Recorded & { kind: 'scalar' }, value: unknown): boolean {
  if (value === null || (text === 'null' && !quoted))
    return value === null && !quoted && NOTHING.includes(text);
  if (type === 'Long' && typeof value !== 'bigint') return false;
  switch (typeof value) {
    case 'boolean':
      return text === String(value);
    case 'number':
      return text.trim() !== '' && (Number(text) === value || Math.fround(Number(text)) === value);
    case 'bigint':
      return /^-?\d+$/.test(text) && BigInt(text) === value;
    case 'string':
      return value === text || (!quoted && text.endsWith(`.${value}`));
    default:
      return objectText(value as object) === text;
  }
}

function objectText(value: object): string | undefined {
  if (value instanceof BigDecimalValue || value instanceof BigIntegerValue) return toJson(value).slice(1, -1);
  if (value instanceof GlobalWindowValue) return 'GlobalWindow';
  if (value instanceof RecordValue && value.shape.names.join() === 'deweyNumber') {
    return (value.fields[0] as number[]).join('.');
  }
  return undefined;
}

function mapMismatch(entries: readonly (readonly [Recorded, Recorded])[], value: unknown, path: string) {
  if (!(value instanceof MapValue) || value.entries.length !== entries.length)
    return `${path}: ${show(value)}`;
  for (const [key, item] of entries) {
    const found = value.entries.find(([candidate]) => mismatch(key, candidate) === undefined);
    if (found === undefined) return `${path}: no key ${JSON.stringify(key)}`;
    const difference = mismatch(item, found[1], `${path}[${show(found[0])}]`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function listMismatch(
  name: string,
  items: readonly Recorded[],
  value: unknown,
  path: string,
): string | undefined {
  if (value instanceof EitherValue) return eitherMismatch(name, items, value, path);
  const found = elementsOf(name, value);
  if (found === undefined || found.length !== items.length) return `${path}: ${show(value)} is not ${name}`;
  if (value instanceof SetValue || UNORDERED.has(name)) return setMismatch(items, found, path);
  return items.map((item, i) => mismatch(item, found[i], `${path}[${i}]`)).find((difference) => difference);
}

function eitherMismatch(name: string, items: readonly Recorded[], value: EitherValue, path: string) {
  if (name.toLowerCase() !== value.side) return `${path}: ${value.side} is not ${name}`;
  return mismatch(items[0]!, value.value, `${path}.${value.side}`);
}

function elementsOf(name: string, value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (value instanceof Uint8Array) return [...new Int8Array(value)];
  if (value instanceof SetValue) return value.elements;
  if (value instanceof RowValue) return ROW_KINDS[value.kind] === name ? value.fields : undefined;
  if (value instanceof RecordValue) return isClass(value, name) ? value.fields : undefined;
  return name === 'Optional' ? [value] : undefined;
}

function isClass({ shape, subclass }: RecordValue, name: string): boolean {
  const className = subclass ?? shape.className ?? '';
  return className === name || className.endsWith(`$${name}`) || className.endsWith(`.${name}`);
}

function setMismatch(
  items: readonly Recorded[],
  found: readonly unknown[],
  path: string,
): string | undefined {
  const missing = items.find((item) => !found.some((element) => mismatch(item, element) === undefined));
  return missing === undefined ? undefined : `${path}: no element ${JSON.stringify(missing)}`;
}

function recordMismatch(
  name: string,
  fields: readonly (readonly [string, Recorded])[],
  value: unknown,
  path: string,
): string | undefined {
  const named = namedFields(name, value);
  if (named === undefined) return `${path}: ${show(value)} is not ${name}`;
  const written = fields.filter(([field]) => !NOT_WRITTEN.has(field));
  if (written.length !== named.size) return `${path}: ${named.size} fields are not ${written.length}`;
  return written
    .map(([field, recorded]) => mismatch(recorded, named.get(field), `${path}.${field}`))
    .find((difference) => difference);
}

/** A value by the names of the Java class's fields. */
function namedFields(name: string, value: unknown): Map<string, unknown> | undefined {
  if (value instanceof RecordValue) {
    return isClass(value, name)
      ? new Map(value.shape.names.map((field, i) => [field, value.fields[i]]))
      : undefined;
  }
  const fields = fieldsOf(name, value);
  return fields === undefined ? undefined : new Map(Object.entries(fields));
}

function fieldsOf(name: string, value: unknown): Record<string, unknown> | undefined {
  if (value instanceof TtlValue)
    return { userValue: value.value, lastAccessTimestamp: value.lastAccessMillis };
  if (value instanceof TimerValue) {
    return { timestamp: value.timestampMillis, key: value.key, namespace: value.namespace };
  }
  if (value instanceof TimeWindowValue) return { start: value.start, end: value.end };
  if (value instanceof EitherValue && name.endsWith('TaggedUnion')) {
    return value.side === 'left' ? { one: value.value, two: null } : { one: null, two: value.value };
  }
  if (value instanceof TimeValues.SqlTimestampValue) return { epochMillis: value.millis, nanos: value.nanos };
  const { DateValue, SqlDateValue, SqlTimeValue } = TimeValues;
  if (value instanceof DateValue || value instanceof SqlDateValue || value instanceof SqlTimeValue) {
    return { epochMillis: value.millis };
  }
  return undefined;
}
