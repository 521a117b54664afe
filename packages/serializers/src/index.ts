export type { AvroJson } from './avro/json.js';
export type {
  AvroArray,
  AvroEnum,
  AvroField,
  AvroFixed,
  AvroLogicalType,
  AvroMap,
  AvroPrimitive,
  AvroPrimitiveName,
  AvroProps,
  AvroRecord,
  AvroType,
  AvroUnion,
} from './avro/schema.js';
export { type CompileOptions, compileCodec, describeSerializer } from './compile-codec.js';
export type { CompositeSnapshot } from './composite.js';
export type { UnreadableSnapshot } from './format-table.js';
export { jsonOrder, toJson } from './json/to-json.js';
export { toTypedJson } from './json/typed-json.js';
export type { OptionalEntry } from './linked-optional-map.js';
export type {
  Codec,
  CodecCompiler,
  Describer,
  FormatNotes,
  SerializerSnapshot,
  SnapshotFormat,
  SnapshotHead,
  SnapshotReader,
  SnapshotWriter,
  TypeDescription,
} from './model.js';
export { readSerializerSnapshot, writeSerializerSnapshot } from './read-snapshot.js';
export type { AvroSnapshot } from './snapshots/avro.js';
export type { EnumSnapshot } from './snapshots/enum.js';
export type { GenericTypeSnapshot } from './snapshots/generic-type.js';
export { SNAPSHOT_FORMATS } from './snapshots/index.js';
export type { KryoRegistration, KryoSnapshot } from './snapshots/kryo.js';
export type { PojoFieldKey, PojoSnapshot } from './snapshots/pojo.js';
export type { ScalaEnumSnapshot } from './snapshots/scala-enum.js';
export type { ElementTypesSnapshot } from './snapshots/table-array-map.js';
export type { BinaryRowDataSnapshot, RowDataSnapshot } from './snapshots/table-row-data.js';
export type { PrecisionSnapshot } from './snapshots/table-scalars.js';
export type {
  ArrayType,
  DistinctType,
  LogicalType,
  MapType,
  RawType,
  RowType,
  ScalarRoot,
  ScalarType,
  UnknownType,
} from './table/logical-type.js';
export { type TracedValue, traceValue } from './trace.js';
export type {
  DateValue,
  InstantValue,
  LocalDateTimeValue,
  LocalDateValue,
  LocalTimeValue,
  RecordShape,
  RowKind,
  SqlDateValue,
  SqlTimestampValue,
  SqlTimeValue,
  TimestampDataValue,
} from './values.js';
export {
  AvroUnionValue,
  BigDecimalValue,
  BigIntegerValue,
  DecimalDataValue,
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
  VariantValue,
} from './values.js';
