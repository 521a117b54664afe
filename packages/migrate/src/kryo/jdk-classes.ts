import { MapValue, SetValue } from '@statewright/serializers';
import { BOXES, STRING } from './java-types.js';
import type { KryoGeneration, ObjectGraph } from './object-graph.js';
import type { Body } from './serializers/body.js';
import {
  readArraysAsList2,
  readElements2,
  readMap2,
  readPriorityQueue2,
  readSortedElements2,
  readSortedMap2,
} from './serializers/collections-2.js';
import { readElements5, readMap5 } from './serializers/collections-5.js';
import {
  readCalendar,
  readDate,
  readSqlDate,
  readSqlTime,
  readTimestamp2,
  readTimestamp5,
} from './serializers/dates.js';
import { readEnumSet } from './serializers/enums.js';
import { readLocale2, readLocale5 } from './serializers/locales.js';
import { primitiveReaders, readFixedDouble, readFixedInt, readFixedLong } from './serializers/primitives.js';
import {
  classNameReader,
  patternReader,
  readBigDecimal,
  readBigInteger,
  readNullableText,
  readPlainText,
} from './serializers/texts.js';
import { TIMES_5 } from './serializers/times-5.js';
import { readBoolean, readSize, readText, readVarInt, readZigZagLong } from './wire.js';

const PLAIN = { sorted: false, nullable: true } as const;
const SORTED = { sorted: true, nullable: true } as const;
const IMMUTABLE = { sorted: false, nullable: false } as const;

const list5: Body = (graph) => readElements5(graph, PLAIN);
const sortedList5: Body = (graph) => readElements5(graph, SORTED);
const map5: Body = (graph) => readMap5(graph, PLAIN);
const sortedMap5: Body = (graph) => readMap5(graph, SORTED);
const immutableList5: Body = (graph) => readElements5(graph, IMMUTABLE);
const immutableMap5: Body = (graph) => readMap5(graph, IMMUTABLE);

/** The elements as a set. */
function asSet(read: Body): Body {
  return (graph, generics) => {
    const elements = read(graph, generics) as unknown[] | null;
    return elements === null ? null : new SetValue(elements);
  };
}

const one: Body = (graph) => graph.readClassAndObject();
const EMPTY_LIST: Body = () => [];
const EMPTY_SET: Body = () => new SetValue([]);
const EMPTY_MAP: Body = () => new MapValue([]);
const singletonMap: Body = (graph) => {
  const key = graph.readClassAndObject();
  return new MapValue([[key, graph.readClassAndObject()]]);
};

/** `varint words, words x i64`; the positions of the bits that are set. */
function bitSet(little: boolean): Body {
  return ({ input }) => {
    const words = readSize(input, 8);
    const positions: number[] = [];
    for (let word = 0; word < words; word++) {
      const bits = BigInt.asUintN(64, readFixedLong(input, little));
      for (let bit = 0; bit < 64; bit++) if ((bits >> BigInt(bit)) & 1n) positions.push(word * 64 + bit);
    }
    return positions;
  };
}

const uuid2: Body = ({ input }) => uuidText(readZigZagLong(input), readZigZagLong(input));
const uuid5: Body = ({ input }) => uuidText(readFixedLong(input, true), readFixedLong(input, true));

function uuidText(high: bigint, low: bigint): string {
  const [a, b] = [hexText(high), hexText(low)];
  return `${a.slice(0, 8)}-${a.slice(8, 12)}-${a.slice(12)}-${b.slice(0, 4)}-${b.slice(4)}`;
}

function hexText(part: bigint): string {
  return BigInt.asUintN(64, part).toString(16).padStart(16, '0');
}

const socketAddress: Body = ({ input }) => {
  const host = readText(input);
  return `${host}:${readVarInt(input)}`;
};

/** An Optional of a primitive: a boolean and, if there is one, the value. */
function optional5(read: (graph: ObjectGraph) => unknown): Body {
  return (graph) => (readBoolean(graph.input) ? read(graph) : null);
}

/** A class of the JDK with a serializer of its own, in Kryo 2 (with chill) and Kryo 5; undefined: not there. */
type Row = readonly [names: readonly string[], body2: Body | undefined, body5: Body | undefined];

const LISTS = ['ArrayList', 'LinkedList', 'Vector', 'Stack', 'ArrayDeque'];
const CONCURRENT_LISTS = ['CopyOnWriteArrayList', 'ConcurrentLinkedQueue', 'ConcurrentLinkedDeque'];
const MAPS = [
  'HashMap',
  'LinkedHashMap',
  'Hashtable',
  'IdentityHashMap',
  'WeakHashMap',
  'EnumMap',
  'Properties',
];
const PARTS = [
  'ArrayList$SubList',
  'AbstractList$SubList',
  'AbstractList$RandomAccessSubList',
  'Collections$CopiesList',
];
const VALUES = ['HashMap$Values', 'LinkedHashMap$LinkedValues', 'TreeMap$Values'];
const KEYS = ['HashMap$KeySet', 'LinkedHashMap$LinkedKeySet', 'TreeMap$KeySet', 'Collections$SetFromMap'];
const LIST_VIEWS = ['UnmodifiableCollection', 'UnmodifiableList', 'UnmodifiableRandomAccessList'];
const SYNCHRONIZED_LISTS = ['SynchronizedCollection', 'SynchronizedList', 'SynchronizedRandomAccessList'];
const SET_VIEWS = ['UnmodifiableSet', 'UnmodifiableSortedSet', 'UnmodifiableNavigableSet', 'SynchronizedSet'];
const MAP_VIEWS = ['UnmodifiableMap', 'UnmodifiableSortedMap', 'UnmodifiableNavigableMap', 'SynchronizedMap'];
const IMMUTABLE_LISTS = ['ListN', 'List12', 'SubList'];

const CHARSETS = ['UTF_8', 'US_ASCII', 'ISO_8859_1', 'UTF_16', 'UTF_16BE', 'UTF_16LE'].map(
  (name) => `sun.nio.cs.${name}`,
);

function util(names: readonly string[], prefix = ''): string[] {
  return names.map((name) => `java.util.${prefix}${name}`);
}

const ROWS: readonly Row[] = [
  [[STRING], readNullableText, readNullableText],
  [['java.lang.StringBuilder', 'java.lang.StringBuffer'], readNullableText, readNullableText],
  [['java.util.Currency'], readNullableText, readNullableText],
  [['sun.util.calendar.ZoneInfo', 'java.util.SimpleTimeZone'], readPlainText, readPlainText],
  [['java.net.URI'], readPlainText, readPlainText],
  [['java.net.URL'], undefined, readPlainText],
  [CHARSETS, undefined, readPlainText],
  [['java.math.BigInteger'], readBigInteger, readBigInteger],
  [['java.math.BigDecimal'], readBigDecimal, readBigDecimal],
  [['java.lang.Class'], classNameReader(2), classNameReader(5)],
  [['java.util.regex.Pattern'], patternReader(2), patternReader(5)],
  [['java.util.Locale'], readLocale2, readLocale5],
  [['java.util.UUID'], uuid2, uuid5],
  [['java.net.InetSocketAddress'], socketAddress, socketAddress],
  [['java.util.BitSet'], bitSet(false), bitSet(true)],
  [['java.util.Date'], readDate, readDate],
  [['java.sql.Date'], readSqlDate, readSqlDate],
  [['java.sql.Time'], readSqlTime, readSqlTime],
  [['java.sql.Timestamp'], readTimestamp2, readTimestamp5],
  [['java.util.GregorianCalendar'], readCalendar, readCalendar],
  [['java.util.EnumSet', 'java.util.RegularEnumSet', 'java.util.JumboEnumSet'], readEnumSet, readEnumSet],
  [util(LISTS), readElements2, list5],
  [util(CONCURRENT_LISTS, 'concurrent.'), readElements2, list5],
  [util([...LIST_VIEWS, ...SYNCHRONIZED_LISTS], 'Collections$'), readElements2, list5],
  [util([...PARTS, ...VALUES]), readElements2, list5],
  [util([...KEYS, 'concurrent.ConcurrentHashMap$KeySetView']), asSet(readElements2), asSet(list5)],
  [util(['HashSet', 'LinkedHashSet']), asSet(readElements2), asSet(list5)],
  [util(['CopyOnWriteArraySet', 'ConcurrentSkipListSet'], 'concurrent.'), asSet(readElements2), asSet(list5)],
  [util(SET_VIEWS, 'Collections$'), asSet(readElements2), asSet(list5)],
  [util(['TreeSet']), asSet(readSortedElements2), asSet(sortedList5)],
  [util([...MAPS, 'concurrent.ConcurrentHashMap']), readMap2, map5],
  [util(MAP_VIEWS, 'Collections$'), readMap2, map5],
  [util(['TreeMap']), readSortedMap2, sortedMap5],
  [util(['concurrent.ConcurrentSkipListMap']), readMap2, sortedMap5],
  [util(['PriorityQueue']), readPriorityQueue2, sortedList5],
  [util(['Arrays$ArrayList']), readArraysAsList2, list5],
  [util(['Collections$EmptyList']), EMPTY_LIST, EMPTY_LIST],
  [util(['Collections$EmptySet']), EMPTY_SET, EMPTY_SET],
  [util(['Collections$EmptyMap']), EMPTY_MAP, EMPTY_MAP],
  [
    util(['Collections$SingletonList']),
    (graph) => [one(graph, undefined)],
    (graph) => [one(graph, undefined)],
  ],
  [
    util(['Collections$SingletonSet']),
    asSet((graph) => [one(graph, undefined)]),
    asSet((graph) => [one(graph, undefined)]),
  ],
  [util(['Collections$SingletonMap']), singletonMap, singletonMap],
  [util(IMMUTABLE_LISTS, 'ImmutableCollections$'), readElements2, immutableList5],
  [util(['SetN', 'Set12'], 'ImmutableCollections$'), asSet(readElements2), asSet(immutableList5)],
  [util(['MapN', 'Map1'], 'ImmutableCollections$'), readMap2, immutableMap5],
  [util(['Optional']), undefined, one],
  [util(['OptionalInt']), undefined, optional5(({ input }) => readFixedInt(input, true))],
  [util(['OptionalLong']), undefined, optional5(({ input }) => readFixedLong(input, true))],
  [util(['OptionalDouble']), undefined, optional5(({ input }) => readFixedDouble(input, true))],
  ...TIMES_5.map(([name, body]): Row => [[name], undefined, body]),
];

/** The bodies of JDK classes that Kryo has serializers for, primitives and their objects' classes among them. */
export function jdkBodies(generation: KryoGeneration): ReadonlyMap<string, Body> {
  const bodies = new Map<string, Body>();
  const readers = primitiveReaders(generation);
  for (const [primitive, box] of BOXES) {
    const read = readers.get(primitive)!;
    bodies.set(primitive, ({ input }) => read(input));
    bodies.set(box, ({ input }) => read(input));
  }
  for (const [names, body2, body5] of ROWS) {
    const body = generation === 2 ? body2 : body5;
    if (body !== undefined) for (const name of names) bodies.set(name, body);
  }
  return bodies;
}
