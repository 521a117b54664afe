import type {
  KryoRegistration,
  KryoSnapshot,
  OptionalEntry,
  SerializerSnapshot,
} from '@statewright/serializers';
import { type Cursor, nameText, quotedText } from '../cursor.js';
import type { TypeForm, TypeParser } from '../form.js';
import { braces, type Doc, flat } from '../layout.js';
import { base64Doc, readBase64 } from './base64.js';

const SNAPSHOT = 'org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializerSnapshot';
const SERIALIZERS = 'org.apache.flink.api.java.typeutils.runtime.kryo.Serializers';
/** `AvroUtils`, which is the same in 1.20 and 2.3, registers it last, with or without flink-avro. */
const AVRO_ARRAY = 'org.apache.avro.generic.GenericData$Array';

type Registration = OptionalEntry<string, KryoRegistration>;
type Default =
  | { readonly kind: 'class'; readonly entry: OptionalEntry<string, string> }
  | { readonly kind: 'instance'; readonly entry: OptionalEntry<string, Uint8Array> };
/** Something that a job has registered with Kryo. */
export type KryoEntry =
  | { readonly kind: 'registered'; readonly entry: Registration }
  | Default
  /** Flink's own, for Avro's arrays, in a job that has flink-avro. */
  | { readonly kind: 'avro' };

/** What is registered for Avro's arrays in a job without flink-avro. */
const AVRO: Registration = {
  name: AVRO_ARRAY,
  key: AVRO_ARRAY,
  value: {
    kind: 'class',
    registeredClass: `${SERIALIZERS}$DummyAvroRegisteredClass`,
    serializerClass: `${SERIALIZERS}$DummyAvroKryoSerializerClass`,
  },
};

/** The same in a job with flink-avro: an object of Flink's, of which nothing is compared. */
const FLINK_AVRO: Registration = {
  ...AVRO,
  value: { kind: 'instance', registeredClass: AVRO_ARRAY, instance: new Uint8Array(0) },
};

/**
 * `kryo CLASS`, and in braces what the job has registered with Kryo, in the order of the ids: `registered CLASS`,
 * `registered CLASS with SERIALIZER`, `default CLASS with SERIALIZER`. Flink's own registrations, the type itself first and
 * Avro's arrays last, are understood: `flink-avro` says that the job has that, `only` that there are none. Without braces it is what the contract says of
 * the whole job.
 */
export const KRYO_FORM: TypeForm = {
  keyword: 'kryo',
  classNames: [SNAPSHOT],
  parse(parser) {
    const { cursor, placed } = parser;
    const typeClass = cursor.expectName('the class behind "kryo"');
    const only = cursor.takeWord('only');
    const entries = only || cursor.sees('{') ? readEntries(parser) : parser.kryo;
    const written = entries.flatMap((one) => (one.kind === 'registered' ? [one.entry] : []));
    const avro = entries.some(({ kind }) => kind === 'avro') ? FLINK_AVRO : AVRO;
    const registrations = only ? written : merged([unspecified(typeClass), ...written, avro]);
    const defaultSerializers = entries.flatMap((one) => (one.kind === 'instance' ? [one.entry] : []));
    const defaultSerializerClasses = entries.flatMap((one) => (one.kind === 'class' ? [one.entry] : []));
    const own = { typeClass, registrations, defaultSerializers, defaultSerializerClasses };
    return placed<KryoSnapshot>({ className: SNAPSHOT, version: 2, nested: [], ...own });
  },
  print(snapshot, printer) {
    const kryo = snapshot as KryoSnapshot;
    const usual = hasUsual(kryo);
    const entries = entryDocs(kryo, usual);
    if (entries === undefined) return undefined;
    const head = `kryo ${nameText(kryo.typeClass)}${usual ? '' : ' only'}`;
    return usual && isSame(entries.map(flat), expected(kryo.typeClass, printer.kryo))
      ? head
      : [`${head} `, braces(entries)];
  },
};

/** What a type says of the job's entries: its own class comes first, and is said only if something is special about it. */
function expected(typeClass: string, entries: readonly string[]): readonly string[] {
  const own = `registered ${nameText(typeClass)}`;
  const special = entries.filter((entry) => entry.startsWith(`${own} `));
  const others = entries.filter((entry) => entry !== own && !special.includes(entry));
  const [first] = others;
  return first === 'flink-avro' ? [first, ...special, ...others.slice(1)] : [...special, ...others];
}

/** As `KryoSerializer#buildKryoRegistrations` puts them into a map: the first place and the last value of a class count. */
function merged(registrations: readonly Registration[]): Registration[] {
  return [...new Map(registrations.map((one) => [one.name, one])).values()];
}

function unspecified(name: string): Registration {
  return { name, key: name, value: { kind: 'unspecified', registeredClass: name } };
}

/** What a job has registered with Kryo as one of its snapshots tells it, an entry a text; undefined when it is not usual. */
export function kryoEntries(snapshot: SerializerSnapshot): readonly string[] | undefined {
  if (snapshot.className !== SNAPSHOT || 'unreadable' in snapshot) return undefined;
  const kryo = snapshot as KryoSnapshot;
  return hasUsual(kryo) ? entryDocs(kryo, true)?.map(flat) : undefined;
}

function entryDocs(kryo: KryoSnapshot, usual: boolean): Doc[] | undefined {
  const { registrations, defaultSerializers, defaultSerializerClasses } = kryo;
  const withAvro = usual && registrations.at(-1)?.value?.kind === 'instance';
  const entries = [
    ...(withAvro ? ['flink-avro'] : []),
    ...(usual ? withoutUsual(registrations) : registrations).map(registrationDoc),
    ...defaultSerializers.map(({ name, key, value }) =>
      key === name && value !== undefined
        ? [`default ${nameText(name)} instance `, base64Doc(value)]
        : undefined,
    ),
    ...defaultSerializerClasses.map(({ name, key, value }) =>
      key === name && value !== undefined ? `default ${nameText(name)} with ${nameText(value)}` : undefined,
    ),
  ];
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

/** Those that must be said: the type itself only if it has a serializer of its own, Avro's last one never. */
function withoutUsual(registrations: readonly Registration[]): readonly Registration[] {
  return registrations.slice(registrations[0]?.value?.kind === 'unspecified' ? 1 : 0, -1);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}

/** Whether the registrations begin with the type and end with Avro's arrays, and have no other that is like those. */
function hasUsual({ typeClass, registrations }: KryoSnapshot): boolean {
  const [first, last] = [registrations[0], registrations.at(-1)];
  return (
    registrations.length >= 2 &&
    first?.name === typeClass &&
    first.key === typeClass &&
    first.value?.registeredClass === typeClass &&
    last?.name === AVRO_ARRAY &&
    last.key === AVRO_ARRAY &&
    last.value !== undefined &&
    isAvros(last.value)
  );
}

/** With flink-avro it is an instance of `AvroKryoSerializerUtils`' serializer, without it a class that stands in. */
function isAvros(value: KryoRegistration): boolean {
  return value.kind === 'instance' || value.registeredClass === `${SERIALIZERS}$DummyAvroRegisteredClass`;
}

function readEntries({ cursor }: TypeParser): KryoEntry[] {
  const names = new Set<string>();
  return cursor.list('{', '}', 'behind the class of Kryo', () => {
    const at = cursor.at;
    const entry = readKryoEntry(cursor);
    const name = entry.kind === 'avro' ? 'flink-avro' : entry.entry.name;
    const key = `${entry.kind} ${name}`;
    if (names.has(key)) throw cursor.error(at, `${quotedText(name)} is there twice`);
    names.add(key);
    return entry;
  });
}

/** `registered CLASS`, `registered CLASS with SERIALIZER`, `default CLASS with SERIALIZER`, `flink-avro`. */
export function readKryoEntry(cursor: Cursor): KryoEntry {
  const at = cursor.at;
  const word = cursor.word();
  if (word === 'flink-avro') return { kind: 'avro' };
  if (word !== 'registered' && word !== 'default')
    throw cursor.error(at, '"registered CLASS", "default CLASS with SERIALIZER" or "flink-avro" is expected');
  const name = cursor.expectName(`the class behind "${word}"`);
  const key = name;
  const serializer = cursor.takeWord('with') ? cursor.expectName('the class of a serializer') : undefined;
  const instance = serializer === undefined && cursor.takeWord('instance') ? readBase64(cursor) : undefined;
  if (word === 'registered')
    return { kind: 'registered', entry: { name, key, value: registrationOf(name, serializer, instance) } };
  if (instance !== undefined) return { kind: 'instance', entry: { name, key, value: instance } };
  if (serializer !== undefined) return { kind: 'class', entry: { name, key, value: serializer } };
  throw cursor.error(cursor.at, `"with SERIALIZER" is expected behind the class, but ${cursor.shown()}`);
}

function registrationOf(
  registeredClass: string,
  serializerClass: string | undefined,
  instance: Uint8Array | undefined,
): KryoRegistration {
  if (serializerClass !== undefined) return { kind: 'class', registeredClass, serializerClass };
  if (instance !== undefined) return { kind: 'instance', registeredClass, instance };
  return { kind: 'unspecified', registeredClass };
}

function registrationDoc({ name, key, value }: Registration): Doc | undefined {
  if (key !== name || value === undefined || value.registeredClass !== name) return undefined;
  const head = `registered ${nameText(name)}`;
  if (value.kind === 'class') return `${head} with ${nameText(value.serializerClass)}`;
  return value.kind === 'instance' ? [`${head} instance `, base64Doc(value.instance)] : head;
}
