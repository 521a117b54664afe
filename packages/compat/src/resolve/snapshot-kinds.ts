import type {
  AvroSnapshot,
  BinaryRowDataSnapshot,
  CompositeSnapshot,
  ElementTypesSnapshot,
  EnumSnapshot,
  GenericTypeSnapshot,
  KryoSnapshot,
  PojoSnapshot,
  PrecisionSnapshot,
  RowDataSnapshot,
  ScalaEnumSnapshot,
  SerializerSnapshot,
  UnreadableSnapshot,
} from '@statewright/serializers';

/* Java names of the snapshot classes that the rules name, and which fields a snapshot of each has. */

const BASE = 'org.apache.flink.api.common.typeutils.base.';
const RUNTIME = 'org.apache.flink.api.java.typeutils.runtime.';
const TABLE = 'org.apache.flink.table.runtime.typeutils.';
const SCALA = 'org.apache.flink.api.scala.typeutils.';

export const LIST = `${BASE}ListSerializerSnapshot`;
export const ARRAY_LIST = 'org.apache.flink.runtime.state.ArrayListSerializerSnapshot';
export const MAP = `${BASE}MapSerializerSnapshot`;
export const SET = `${BASE}SetSerializerSnapshot`;
export const ENUM = `${BASE}EnumSerializer$EnumSerializerSnapshot`;
export const GENERIC_ARRAY = `${BASE}GenericArraySerializerSnapshot`;
export const GENERIC_ARRAY_CONFIG = `${BASE}GenericArraySerializerConfigSnapshot`;
export const POJO = `${RUNTIME}PojoSerializerSnapshot`;
export const KRYO = `${RUNTIME}kryo.KryoSerializerSnapshot`;
export const TUPLE = `${RUNTIME}TupleSerializerSnapshot`;
export const ROW = `${RUNTIME}RowSerializer$RowSerializerSnapshot`;
export const NULLABLE = `${RUNTIME}NullableSerializer$NullableSerializerSnapshot`;
export const JAVA_EITHER = `${RUNTIME}JavaEitherSerializerSnapshot`;
export const OLD_EITHER = `${RUNTIME}EitherSerializerSnapshot`;
export const AVRO = 'org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot';
export const GENERIC_TYPES: readonly string[] = ['Value', 'CopyableValue', 'Writable'].map(
  (name) => `${RUNTIME}${name}Serializer$${name}SerializerSnapshot`,
);
export const JAVA_SERIALIZER = 'org.apache.flink.runtime.state.JavaSerializer$JavaSerializerSnapshot';
export const TTL = 'org.apache.flink.runtime.state.ttl.TtlStateFactory$TtlSerializerSnapshot';
export const TTL_V2 = 'org.apache.flink.runtime.state.v2.ttl.TtlStateFactory$TtlSerializerSnapshot';
export const TTL_AWARE = 'org.apache.flink.runtime.state.ttl.TtlAwareSerializerSnapshot';
export const ROW_DATA = `${TABLE}RowDataSerializer$RowDataSerializerSnapshot`;
export const ROW_DATA_KEY =
  'org.apache.flink.table.runtime.sequencedmultisetstate.linked.RowDataKeySerializerSnapshot';
export const BINARY_ROW_DATA = `${TABLE}BinaryRowDataSerializer$BinaryRowDataSerializerSnapshot`;
export const ARRAY_DATA = `${TABLE}ArrayDataSerializer$ArrayDataSerializerSnapshot`;
export const MAP_DATA = `${TABLE}MapDataSerializer$MapDataSerializerSnapshot`;
export const DECIMAL_DATA = `${TABLE}DecimalDataSerializer$DecimalSerializerSnapshot`;
export const TIMESTAMP_DATA = `${TABLE}TimestampDataSerializer$TimestampDataSerializerSnapshot`;
export const SORTED_MAP = `${TABLE}SortedMapSerializerSnapshot`;
export const EXTERNAL = `${TABLE}ExternalSerializer$ExternalSerializerSnapshot`;
export const RAW_VALUE_DATA = `${TABLE}RawValueDataSerializer$RawValueDataSerializerSnapshot`;
export const LINKED_LIST = `${TABLE}LinkedListSerializer$LinkedListSerializerSnapshot`;
export const WINDOW_KEY = `${TABLE}WindowKeySerializer$WindowKeySerializerSnapshot`;
export const LIST_VIEW = 'org.apache.flink.table.dataview.ListViewSerializerSnapshot';
export const MAP_VIEW = 'org.apache.flink.table.dataview.MapViewSerializerSnapshot';
export const NULL_AWARE_MAP = 'org.apache.flink.table.dataview.NullAwareMapSerializerSnapshot';
export const TIMER = 'org.apache.flink.streaming.api.operators.TimerSerializerSnapshot';
export const SCALA_ENUM = `${SCALA}ScalaEnumSerializerSnapshot`;
export const SCALA_CASE_CLASS = `${SCALA}ScalaCaseClassSerializerSnapshot`;
export const SCALA_TUPLE2 = `${SCALA}Tuple2CaseClassSerializerSnapshot`;
export const SCALA_TRAVERSABLE = `${SCALA}TraversableSerializerSnapshot`;
export const SCALA_OPTION = `${SCALA}ScalaOptionSerializerSnapshot`;
export const SCALA_EITHER = `${SCALA}ScalaEitherSerializerSnapshot`;
export const SCALA_TRY = `${SCALA}ScalaTrySerializerSnapshot`;
export const NFA_STATE = 'org.apache.flink.cep.nfa.NFAStateSerializerSnapshot';
export const TWO_PHASE_COMMIT =
  'org.apache.flink.streaming.api.functions.sink.TwoPhaseCommitSinkFunction$StateSerializerSnapshot';
export const TWO_PHASE_COMMIT_LEGACY =
  'org.apache.flink.streaming.api.functions.sink.legacy.TwoPhaseCommitSinkFunction$StateSerializerSnapshot';

const OTHERS: ReadonlySet<string> = new Set([
  ENUM,
  GENERIC_ARRAY_CONFIG,
  POJO,
  KRYO,
  OLD_EITHER,
  AVRO,
  ...GENERIC_TYPES,
  TTL_AWARE,
  ROW_DATA,
  ROW_DATA_KEY,
  BINARY_ROW_DATA,
  ARRAY_DATA,
  MAP_DATA,
  DECIMAL_DATA,
  TIMESTAMP_DATA,
  SORTED_MAP,
  SCALA_ENUM,
]);

/** Whether the class is one of Flink's whose rules are known here; any other decides for itself. */
export function isKnown(snapshot: SerializerSnapshot): boolean {
  if (isUnreadable(snapshot)) return false;
  return isSimple(snapshot) || isComposite(snapshot) || OTHERS.has(snapshot.className);
}

/** User formats may give their snapshots any fields; only Flink's own classes are judged by them. */
function isFlinks({ className }: SerializerSnapshot): boolean {
  return className.startsWith('org.apache.flink.');
}

function isOf<S extends SerializerSnapshot>(...classNames: readonly string[]) {
  return (snapshot: SerializerSnapshot): snapshot is S =>
    classNames.includes(snapshot.className) && !isUnreadable(snapshot);
}

/** A snapshot whose class or version no format reads: only its class name, version and bytes are known. */
export function isUnreadable(snapshot: SerializerSnapshot): snapshot is UnreadableSnapshot {
  return 'unreadable' in snapshot;
}

/** Extends `SimpleTypeSerializerSnapshot`: nothing in it but its class. */
export function isSimple(snapshot: SerializerSnapshot): boolean {
  return 'serializerClass' in snapshot && isFlinks(snapshot);
}

/** Extends `CompositeTypeSerializerSnapshot`. */
export function isComposite(snapshot: SerializerSnapshot): snapshot is CompositeSnapshot<unknown> {
  return 'outerVersion' in snapshot && isFlinks(snapshot);
}

export const isPojo = isOf<PojoSnapshot>(POJO);
export const isEnum = isOf<EnumSnapshot>(ENUM);
export const isScalaEnum = isOf<ScalaEnumSnapshot>(SCALA_ENUM);
export const isKryo = isOf<KryoSnapshot>(KRYO);
export const isAvro = isOf<AvroSnapshot>(AVRO);
export const isGenericType = isOf<GenericTypeSnapshot>(...GENERIC_TYPES);
export const isTtlAware = isOf<SerializerSnapshot & { readonly isTtlEnabled: boolean }>(TTL_AWARE);
export const isRowData = isOf<RowDataSnapshot>(ROW_DATA);
export const isRowDataKey = isOf<SerializerSnapshot>(ROW_DATA_KEY);
export const isBinaryRowData = isOf<BinaryRowDataSnapshot>(BINARY_ROW_DATA);
export const isElementTypes = isOf<ElementTypesSnapshot>(ARRAY_DATA, MAP_DATA);
export const isPrecision = isOf<PrecisionSnapshot>(DECIMAL_DATA, TIMESTAMP_DATA);
export const isSortedMap = isOf<SerializerSnapshot & { readonly comparator: Uint8Array }>(SORTED_MAP);
export const isOldGenericArray = isOf<SerializerSnapshot & { readonly componentClass: string }>(
  GENERIC_ARRAY_CONFIG,
);

/** The snapshot of an Either that 1.7 wrote: two nested snapshots and nothing else. */
export function isOldEither({ className }: SerializerSnapshot): boolean {
  return className === OLD_EITHER;
}
