import { describeSerializer } from '../compile-codec.js';
import type { SerializerSnapshot, SnapshotFormat, TypeDescription } from '../model.js';
import { AvroUnionValue, MapValue, Opaque, RecordValue, SetValue } from '../values.js';
import {
  classHead,
  entryTexts,
  listText,
  memberText,
  objectText,
  opaqueText,
  scalarText,
} from './to-json.js';

/*
 * As `toJson`, but every scalar that JSON has no type of its own for names its Flink type, and sets and maps keep their
 * order, so that the text and the serializer together give the value back:
 *
 *     {"long":"5"} {"int":"-1"} {"double":"0.5"} {"char":"a"} {"bigdecimal":"1.20"} {"instant":"..."} {"byte[]":"00ff"}
 *     {"int[]":["1","2"]} {"set":[...]} {"map":[[key,value],...]} {"union":[branch,value]}
 *
 * Booleans, strings, enum constants and null are themselves. The type comes from the serializer's description, which
 * runs in parallel to the value.
 */

type Type = TypeDescription | undefined;

const types = new WeakMap<SerializerSnapshot, TypeDescription>();

/** A decoded value as JSON text with the Flink types of its scalars, for `--typed`. */
export function toTypedJson(
  value: unknown,
  snapshot: SerializerSnapshot,
  formats?: readonly SnapshotFormat[],
): string {
  let type = types.get(snapshot);
  if (type === undefined) {
    type = describeSerializer(snapshot, formats);
    types.set(snapshot, type);
  }
  return typedText(value, type);
}

function typedText(value: unknown, type: Type): string {
  if (value === null) return 'null';
  if (type?.type === 'nullable') return typedText(value, type.fields?.[0]?.type);
  if (type?.type === 'union') return typedUnion(value, type);
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'string':
      return type?.type === 'char' ? tagged('char', JSON.stringify(value)) : JSON.stringify(value);
    case 'number':
    case 'bigint':
      return tagged(scalarType(value, type), JSON.stringify(numberText(value)));
    default:
      return typedObject(value as object, type);
  }
}

/** A union of Avro: the branch is that of the value, or the one that a bare value can only be of. */
function typedUnion(value: unknown, type: TypeDescription): string {
  if (value instanceof AvroUnionValue) {
    return tagged('union', `[${value.branch},${typedText(value.value, type.fields?.[value.branch]?.type)}]`);
  }
  return typedText(value, type.fields?.find((branch) => isBranchOf(value, branch.type))?.type);
}

function isBranchOf(value: unknown, branch: TypeDescription): boolean {
  if (typeof value === 'number') return ['int', 'float', 'double'].includes(branch.type);
  if (typeof value === 'bigint') return branch.type === 'long';
  if (value instanceof RecordValue) return branch.class === value.shape.className;
  if (value instanceof MapValue) return branch.type === 'map';
  return Array.isArray(value) && branch.type === 'array';
}

function tagged(type: string, text: string): string {
  return `{${JSON.stringify(type)}:${text}}`;
}

function numberText(value: number | bigint): string {
  return Object.is(value, -0) ? '-0.0' : String(value);
}

const SCALARS = new Set(['byte', 'short', 'int', 'long', 'float', 'double']);

function scalarType(value: number | bigint, type: Type): string {
  if (type !== undefined && SCALARS.has(type.type)) return type.type;
  return typeof value === 'bigint' ? 'long' : 'number';
}

function typedObject(value: object, type: Type): string {
  if (Array.isArray(value)) return typedArray(value, type);
  if (value instanceof RecordValue) return typedRecord(value, type);
  if (value instanceof MapValue) {
    const entries = entryTexts(
      value,
      (key) => typedText(key, fieldType(type, 'key')),
      (item) => typedText(item, fieldType(type, 'value')),
    );
    return tagged('map', `[${entries.join(',')}]`);
  }
  if (value instanceof SetValue) {
    return tagged(
      'set',
      listText(value.elements, (element) => typedText(element, fieldType(type, 'element'))),
    );
  }
  if (value instanceof Opaque) return opaqueText(value);
  return typedRest(value, type);
}

function fieldType(type: Type, name: string): Type {
  return type?.fields?.find((field) => field.name === name)?.type;
}

function typedArray(value: readonly unknown[], type: Type): string {
  if (type?.type.endsWith('[]') && type.type !== 'string[]') {
    const element = { type: type.type.slice(0, -2), serializer: '' };
    return tagged(
      type.type,
      listText(value, (item) => untagged(typedText(item, element))),
    );
  }
  const element = fieldType(type, 'element');
  if (element !== undefined) return listText(value, (item) => typedText(item, element));
  return `[${value.map((item, i) => typedText(item, type?.fields?.[i]?.type)).join(',')}]`;
}

/** `"5"` from `{"long":"5"}`: inside an array the type stands once. */
function untagged(text: string): string {
  return text.startsWith('{') ? text.slice(text.indexOf(':') + 1, -1) : text;
}

function typedRecord(value: RecordValue, type: Type): string {
  const actual =
    value.subclass === undefined ? type : type?.subclasses?.find(({ name }) => name === value.subclass)?.type;
  const { names } = value.shape;
  return memberText(
    names,
    value.fields,
    (field, i) => typedText(field, fieldType(actual, names[i]!)),
    classHead(value),
  );
}

/** Dates, times, big numbers, bytes, rows and wrappers. */
function typedRest(value: object, type: Type): string {
  const scalar = value instanceof Uint8Array ? objectText(value, String) : scalarText(value);
  if (scalar !== undefined) return scalar.startsWith('{') ? scalar : tagged(type?.type ?? 'scalar', scalar);
  let next = 0;
  return objectText(value, (child) => typedText(child, wrappedType(value, type, next++)));
}

/** Children of rows and wrappers come in the order of the description's fields; Either has one of two. */
function wrappedType(value: object, type: Type, position: number): Type {
  if ('side' in value) return type?.fields?.[value.side === 'left' ? 0 : 1]?.type;
  if ('lastAccessMillis' in value) return fieldType(type, 'value');
  if ('timestampMillis' in value) return type?.fields?.[position + 1]?.type;
  return type?.fields?.[position]?.type;
}
