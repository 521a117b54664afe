import { Buffer } from 'node:buffer';
import {
  AvroUnionValue,
  BigDecimalValue,
  BigIntegerValue,
  DateValue,
  DecimalDataValue,
  EitherValue,
  GlobalWindowValue,
  InstantValue,
  LocalDateTimeValue,
  LocalDateValue,
  LocalTimeValue,
  MapValue,
  Opaque,
  RecordValue,
  RowValue,
  SetValue,
  SqlDateValue,
  SqlTimestampValue,
  SqlTimeValue,
  TimerValue,
  TimestampDataValue,
  TimeWindowValue,
  TtlValue,
  VariantValue,
} from '../values.js';
import { bigDecimalText, doubleText, longText, plainDecimalText } from './number-text.js';
import { instantText, localDateText, localMillisText, localTimeText, millisText } from './time-text.js';

/** How the children of a value become text: the mapping itself, or one that adds types. */
export type ToText = (value: unknown) => string;

const ROW_KINDS = ['+I', '-U', '+U', '-D'] as const;

/** A decoded value as JSON text. Nothing is lost but the order of sets and maps, which are sorted by their text. */
export function toJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return stringText(value);
    case 'number':
      return doubleText(value);
    case 'bigint':
      return longText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : objectText(value, toJson);
    default:
      throw new TypeError(`a ${typeof value} is no decoded value`);
  }
}

/** What a JSON string escapes: quotes, backslashes, controls and, where they are unpaired, surrogates. */
const ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** A JSON string; unpaired surrogates are escaped. */
export function stringText(value: string): string {
  return ESCAPED.test(value) ? JSON.stringify(value) : `"${value}"`;
}

/** The text of a value that is an object; `child` gives that of its parts. */
export function objectText(value: object, child: ToText): string {
  if (Array.isArray(value)) return listText(value, child);
  if (value instanceof RecordValue) return recordText(value, child);
  if (value instanceof MapValue) return sortedText(entryTexts(value, child, child));
  if (value instanceof RowValue) return rowText(value, child);
  if (value instanceof Uint8Array) return hexText(value);
  if (value instanceof SetValue) return sortedText(value.elements.map((element) => child(element)));
  return scalarText(value) ?? wrapperText(value, child);
}

/** `[a,b]` */
export function listText(elements: readonly unknown[], child: ToText): string {
  let text = '[';
  for (let i = 0; i < elements.length; i++) text += (i === 0 ? '' : ',') + child(elements[i]);
  return `${text}]`;
}

/** `[key,value]` for each entry, in file order. */
export function entryTexts({ entries }: MapValue, keyText: ToText, valueText: ToText): string[] {
  return entries.map(([key, value]) => `[${keyText(key)},${valueText(value)}]`);
}

/** Elements as an array, sorted by their text (by UTF-16 units). */
export function sortedText(texts: string[]): string {
  return `[${texts.sort().join(',')}]`;
}

/** The positions of a map's entries or a set's elements in the order in which `toJson` gives them. */
export function jsonOrder(value: MapValue | SetValue): number[] {
  const texts = value instanceof MapValue ? entryTexts(value, toJson, toJson) : value.elements.map(toJson);
  const order = texts.map((_, i) => i);
  return order.sort((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : a - b));
}

const keys = new WeakMap<readonly string[], readonly string[]>();

/** `"name":` for each name, made once for a list of names. */
function keyTexts(names: readonly string[]): readonly string[] {
  let texts = keys.get(names);
  if (texts === undefined) {
    texts = names.map((name) => `${JSON.stringify(name)}:`);
    keys.set(names, texts);
  }
  return texts;
}

/** `{"name":value}` for named parts. */
export function memberText(
  names: readonly string[],
  values: readonly unknown[],
  child: (value: unknown, position: number) => string,
  head = '',
): string {
  const labels = keyTexts(names);
  let text = head;
  for (let i = 0; i < values.length; i++) text += (text === '' ? '' : ',') + labels[i] + child(values[i], i);
  return `{${text}}`;
}

function recordText(value: RecordValue, child: ToText): string {
  return memberText(value.shape.names, value.fields, child, classHead(value));
}

/** `"@class":"..."` for an instance of a subclass. */
export function classHead({ subclass }: RecordValue): string {
  return subclass === undefined ? '' : `"@class":${JSON.stringify(subclass)}`;
}

function rowText(value: RowValue, child: ToText): string {
  const head = value.kind === 0 ? '' : `"@kind":"${ROW_KINDS[value.kind]}"`;
  if (value.names !== undefined) return memberText(value.names, value.fields, child, head);
  const fields = listText(value.fields, child);
  return head === '' ? fields : `{${head},"fields":${fields}}`;
}

function hexText(bytes: Uint8Array): string {
  return `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}"`;
}

/** The text of a number, a date or a time; undefined for anything else. */
export function scalarText(value: object): string | undefined {
  if (value instanceof DecimalDataValue) return `"${plainDecimalText(value.unscaled, value.scale)}"`;
  if (value instanceof BigDecimalValue) return `"${bigDecimalText(value.unscaled, value.scale)}"`;
  if (value instanceof BigIntegerValue) return `"${value.value}"`;
  if (value instanceof InstantValue) return `"${instantText(value.seconds, value.nanos)}"`;
  if (value instanceof DateValue) return `"${millisText(value.millis)}"`;
  if (value instanceof LocalDateValue) return `"${localDateText(value)}"`;
  if (value instanceof LocalTimeValue) return `"${localTimeText(value)}"`;
  if (value instanceof LocalDateTimeValue)
    return `"${localDateText(value.date)}T${localTimeText(value.time)}"`;
  if (value instanceof TimestampDataValue) return `"${localMillisText(value.millis, value.nanoOfMilli)}"`;
  if (value instanceof SqlDateValue) return `{"Date":${longText(value.millis)}}`;
  if (value instanceof SqlTimeValue) return `{"Time":${longText(value.millis)}}`;
  if (value instanceof SqlTimestampValue) {
    return `{"Timestamp":${longText(value.millis)},"nanos":${value.nanos}}`;
  }
  return undefined;
}

function wrapperText(value: object, child: ToText): string {
  if (value instanceof EitherValue) return `{"${value.side}":${child(value.value)}}`;
  if (value instanceof AvroUnionValue) return child(value.value);
  if (value instanceof VariantValue) return child(value.tree);
  if (value instanceof TtlValue) {
    return `{"lastAccess":${longText(value.lastAccessMillis)},"value":${child(value.value)}}`;
  }
  if (value instanceof TimerValue) return timerText(value, child);
  if (value instanceof TimeWindowValue)
    return `{"start":${longText(value.start)},"end":${longText(value.end)}}`;
  if (value instanceof GlobalWindowValue) return '{"window":"global"}';
  if (value instanceof Opaque) return opaqueText(value);
  throw new TypeError(`a ${value.constructor.name} is no decoded value`);
}

function timerText({ timestampMillis, key, namespace }: TimerValue, child: ToText): string {
  return `{"timestamp":${longText(timestampMillis)},"key":${child(key)},"namespace":${child(namespace)}}`;
}

/** `{"@opaque":{...}}` */
export function opaqueText(value: Opaque): string {
  const className = value.className === undefined ? 'null' : JSON.stringify(value.className);
  const serializer = JSON.stringify(value.serializer);
  const why = JSON.stringify(value.why);
  return `{"@opaque":{"class":${className},"serializer":${serializer},"bytes":${hexText(value.bytes)},"why":${why}}}`;
}
