import { DataOutputView, StatewrightError } from '@statewright/bytes';
import {
  compileCodec,
  describeSerializer,
  type Opaque,
  type SerializerSnapshot,
  type SnapshotFormat,
  type TypeDescription,
} from '@statewright/serializers';
import { list, map, primitives, set } from './json/collections.js';
import {
  type At,
  type JsonReader,
  misfitReason,
  opaqueOf,
  type ReaderMaker,
  type ReaderOf,
} from './json/reader.js';
import {
  either,
  globalWindow,
  nullable,
  record,
  row,
  shapeClass,
  timer,
  timeWindow,
  tryOf,
  ttl,
  tuple,
} from './json/records.js';
import { SCALAR_READERS } from './json/scalars.js';
import { TIME_READERS } from './json/times.js';
import { union } from './json/unions.js';

/** By the word that `describeSerializer` has for a type; a table without a prototype. */
const READERS: ReadonlyMap<string, ReaderMaker> = new Map(
  Object.entries<ReaderMaker>({
    ...SCALAR_READERS,
    ...TIME_READERS,
    list,
    array: list,
    set,
    map,
    multiset: map,
    pojo: record,
    record,
    avro: (type, readerOf) => (type.fields === undefined ? bareAvro(type, readerOf) : record(type, readerOf)),
    'case-class': record,
    'window-key': record,
    row,
    tuple,
    either,
    try: tryOf,
    nullable,
    union,
    ttl,
    timer,
    'time-window': timeWindow,
    'global-window': globalWindow,
  }),
);

/** A schema that is no record: its own word is in the schema. */
function bareAvro(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const schema: unknown = JSON.parse(String(type.details?.schema));
  const word = typeof schema === 'string' ? schema : (schema as { type?: unknown }).type;
  return readerOf({ ...type, type: String(word) });
}

/** Makes decoded values of one serializer; CANNOT_ENCODE with the path of the part that does not fit. */
export type FromJson = (json: unknown) => unknown;

/**
 * The inverse of the JSON mapping (`toJson`) for one serializer: makes the decoded forms of
 * `@statewright/serializers`. It takes what `export` writes, with `--typed` or without; what CEL gives (bigints, Maps,
 * timestamps, bytes); and decoded values as they are where JSON has no form of them. A field that is missing, one that is
 * not there, a number out of range: nothing is mended. Slow to make, quick to use.
 */
export function fromJson(snapshot: SerializerSnapshot, formats?: readonly SnapshotFormat[]): FromJson {
  const read = readers(describeSerializer(snapshot, formats));
  let write: ((json: unknown) => void) | undefined;
  return (json) => {
    const at: At = { path: [], unsure: false };
    const value = read(json, at);
    if (!at.unsure) return value;
    write ??= writer(snapshot, formats);
    write(value);
    return value;
  };
}

/** Whether a serializer takes a null only it can tell. */
function writer(snapshot: SerializerSnapshot, formats?: readonly SnapshotFormat[]): (value: unknown) => void {
  const codec = compileCodec(snapshot, formats === undefined ? {} : { formats });
  const output = new DataOutputView();
  return (value) => {
    output.clear();
    try {
      codec.write(output, value);
    } catch (cause) {
      if (cause instanceof StatewrightError) throw cause;
      throw misfitReason({ path: [], unsure: false }, 'null is found where the serializer cannot write it');
    }
  };
}

function readers(root: TypeDescription): JsonReader {
  const named = new Map<string, JsonReader>();
  const readerOf: ReaderOf = (type) => {
    if (type.details?.describedAbove === true) return again(named, type);
    const read = withNull(type, make(type, readerOf));
    const name = type.type === 'record' || type.type === 'avro' ? shapeClass(type) : undefined;
    if (name !== undefined) named.set(name, read);
    return read;
  };
  return readerOf(root);
}

/** A record that a recursive schema has described before: its reader exists by the time a value comes. */
function again(named: ReadonlyMap<string, JsonReader>, { class: className }: TypeDescription): JsonReader {
  return (json, at) => {
    const read = named.get(className ?? '');
    if (read !== undefined) return read(json, at);
    throw misfitReason(at, `the schema of ${className} cannot be followed`);
  };
}

function make(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const maker = READERS.get(type.type) ?? (type.type.endsWith('[]') ? primitives : undefined);
  if (maker !== undefined && type.opaque === undefined) return maker(type, readerOf);
  return (json, at) => {
    const what = type.class === undefined ? type.type : `${type.type} ${type.class}`;
    const reason = `a value of ${what} cannot be made from ${json === null ? 'null' : 'JSON'}`;
    throw misfitReason(at, reason, 'write {"@opaque": {"bytes": "hex"}}');
  };
}

const FOLLOWS = 'follows an opaque value of unknown length';

/** Where opaque bytes can stand: as a whole, as a POJO of an unknown subclass, and as nothing behind such a one. */
function takesOpaque(type: TypeDescription, { bytes, why }: Opaque): boolean {
  return type.opaque !== undefined || type.type === 'pojo' || (bytes.length === 0 && why === FOLLOWS);
}

/** Null goes to the serializer, which knows whether it can write it; opaque bytes stay what they are. */
function withNull(type: TypeDescription, read: JsonReader): JsonReader {
  const hasNull = type.type === 'nullable' || type.type === 'void' || type.type === 'null';
  return (json, at) => {
    if (json === null && !hasNull) {
      at.unsure = true;
      return null;
    }
    const opaque = typeof json === 'object' ? opaqueOf(json) : undefined;
    return opaque !== undefined && takesOpaque(type, opaque) ? opaque : read(json, at);
  };
}
