import { type AvroSnapshot, AvroUnionValue, MapValue, RecordValue } from '@statewright/serializers';
import type { Convert } from '../job/entry-change.js';
import { avroNames, avroSnapshotOf, eachAvroType } from './avro-schema.js';
import { renamed, type TypeChange } from './type-change.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };
type Rename = (className: string) => string;
/** The new full name of a type that is called so inside a namespace. */
type RenameIn = (name: string, space: string) => string;

/**
 * An Avro schema whose named types have other names, and the Java class of its values. Bytes hold no names, but decoded
 * records do. Undefined when all names stay.
 */
export function renameInAvro(snapshot: AvroSnapshot, rename: Rename): TypeChange | undefined {
  const { schema, runtimeType } = snapshot;
  const renames = new Map<string, string>();
  eachAvroType(schema, (type) => {
    if ('name' in type && rename(type.name) !== type.name) renames.set(type.name, rename(type.name));
  });
  const newRuntime = runtimeType === undefined ? undefined : rename(runtimeType);
  if (renames.size === 0) {
    return newRuntime === runtimeType
      ? undefined
      : renamed({ ...snapshot, runtimeType: newRuntime } as AvroSnapshot);
  }
  const json = JSON.parse(snapshot.schemaText) as Json;
  const defined = new Set(avroNames(snapshot));
  const text = JSON.stringify(
    renameJson(json, '', (name, space) => renamedIn(name, space, defined, renames)),
  );
  const now = avroSnapshotOf(text, newRuntime ?? '', snapshot.span);
  const change = { ...now, version: snapshot.version, runtimeType: newRuntime } as AvroSnapshot;
  return { snapshot: change, open: () => recordRenamer(renames), keepsBytes: true };
}

const NAMED: readonly Json[] = ['record', 'error', 'enum', 'fixed'];
/** Words for types, which are no names. */
const WORDS: ReadonlySet<string> = new Set([
  'array',
  'map',
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
]);

/** Every definition and every reference gets its full name, so that namespaces inherited from outside do not matter. */
function renameJson(json: Json, space: string, rename: RenameIn): Json {
  if (typeof json === 'string') return WORDS.has(json) ? json : rename(json, space);
  if (Array.isArray(json)) return json.map((one) => renameJson(one, space, rename));
  if (json === null || typeof json !== 'object') return json;
  const { type } = json;
  if (!NAMED.includes(type!)) {
    const inner = (name: string) =>
      json[name] === undefined ? {} : { [name]: renameJson(json[name], space, rename) };
    return { ...json, ...inner('type'), ...inner('items'), ...inner('values') };
  }
  const own = fullName(String(json.name), typeof json.namespace === 'string' ? json.namespace : space);
  const ownSpace = own.slice(0, Math.max(0, own.lastIndexOf('.')));
  const now = rename(own, '');
  const cut = now.lastIndexOf('.');
  const named: JsonObject = { ...json, name: now.slice(cut + 1), namespace: now.slice(0, Math.max(0, cut)) };
  const { fields, aliases } = json;
  if (Array.isArray(fields)) named.fields = fields.map((field) => renameField(field, ownSpace, rename));
  if (Array.isArray(aliases)) named.aliases = aliases.map((alias) => fullName(String(alias), ownSpace));
  return named;
}

/** A name without a namespace is one of the namespace around it, or else of none. */
function renamedIn(
  name: string,
  space: string,
  defined: ReadonlySet<string>,
  renames: ReadonlyMap<string, string>,
): string {
  const inside = fullName(name, space);
  const full = defined.has(inside) ? inside : name;
  return renames.get(full) ?? full;
}

function renameField(field: Json, space: string, rename: RenameIn): Json {
  if (field === null || typeof field !== 'object' || Array.isArray(field)) return field;
  return { ...field, type: renameJson(field.type!, space, rename) };
}

function fullName(name: string, space: string): string {
  return name.includes('.') || space === '' ? name : `${space}.${name}`;
}

/** Gives decoded records, at any depth, their new names: encoders of unions go by them. */
function recordRenamer(renames: ReadonlyMap<string, string>): Convert {
  const shapes = new Map<RecordValue['shape'], RecordValue['shape']>();
  const shapeOf = (shape: RecordValue['shape']) => {
    let now = shapes.get(shape);
    if (now === undefined) {
      now = { ...shape, className: renames.get(shape.className ?? '') ?? shape.className };
      shapes.set(shape, now);
    }
    return now;
  };
  const convert: Convert = (value) => {
    if (value instanceof RecordValue) return new RecordValue(shapeOf(value.shape), value.fields.map(convert));
    if (Array.isArray(value)) return value.map(convert);
    if (value instanceof MapValue)
      return new MapValue(value.entries.map(([k, v]) => [k, convert(v)] as const));
    if (value instanceof AvroUnionValue) return new AvroUnionValue(value.branch, convert(value.value));
    return value;
  };
  return convert;
}
