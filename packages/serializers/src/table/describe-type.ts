import type { Describer, SerializerSnapshot, TypeDescription } from '../model.js';
import { type LogicalType, type RowType, type ScalarRoot, type ScalarType, sqlText } from './logical-type.js';

/** How values of scalar types come out, and Flink's serializer for them. */
const SCALARS: { readonly [root in ScalarRoot]: readonly [type: string, serializer: string] } = {
  CHAR: ['string', 'StringDataSerializer'],
  VARCHAR: ['string', 'StringDataSerializer'],
  BOOLEAN: ['boolean', 'BooleanSerializer'],
  BINARY: ['bytes', 'BytePrimitiveArraySerializer'],
  VARBINARY: ['bytes', 'BytePrimitiveArraySerializer'],
  DECIMAL: ['decimal', 'DecimalDataSerializer'],
  TINYINT: ['byte', 'ByteSerializer'],
  SMALLINT: ['short', 'ShortSerializer'],
  INTEGER: ['int', 'IntSerializer'],
  BIGINT: ['long', 'LongSerializer'],
  FLOAT: ['float', 'FloatSerializer'],
  DOUBLE: ['double', 'DoubleSerializer'],
  DATE: ['int', 'IntSerializer'],
  TIME_WITHOUT_TIME_ZONE: ['int', 'IntSerializer'],
  TIMESTAMP_WITHOUT_TIME_ZONE: ['timestamp', 'TimestampDataSerializer'],
  TIMESTAMP_WITH_LOCAL_TIME_ZONE: ['timestamp', 'TimestampDataSerializer'],
  INTERVAL_YEAR_MONTH: ['int', 'IntSerializer'],
  INTERVAL_DAY_TIME: ['long', 'LongSerializer'],
  VARIANT: ['variant', 'VariantSerializer'],
  BITMAP: ['bitmap', 'BitmapSerializer'],
};

/** A SQL type as `schema` shows it. `snapshot` is that of the column's serializer, where there is one. */
export function describeLogicalType(
  type: LogicalType,
  snapshot: SerializerSnapshot | undefined,
  describe: Describer,
): TypeDescription {
  const details = { sql: sqlText(type) };
  switch (type.kind) {
    case 'scalar':
      return { ...describeScalar(type), details };
    case 'array': {
      const element = describeField('element', type.element, undefined, describe);
      return { type: 'array', serializer: 'ArrayDataSerializer', fields: [element], details };
    }
    case 'map': {
      const key = describeField('key', type.key, undefined, describe);
      const value = describeField('value', type.value, undefined, describe);
      const name = type.root === 'MAP' ? 'map' : 'multiset';
      return { type: name, serializer: 'MapDataSerializer', fields: [key, value], details };
    }
    case 'row':
      return { ...describeRow(type, snapshot, describe), details };
    case 'distinct':
      return { ...describeLogicalType(type.source, snapshot, describe), details };
    case 'raw':
      return { ...describeRaw(type.className, snapshot, describe), details };
    case 'unknown':
      return { type: 'unknown', class: type.className, serializer: '', opaque: type.why, details };
  }
}

function describeScalar({ root }: ScalarType): TypeDescription {
  const [type, serializer] = SCALARS[root];
  return { type, serializer };
}

function describeRow(
  type: RowType,
  snapshot: SerializerSnapshot | undefined,
  describe: Describer,
): TypeDescription {
  const fields = describeColumns(type.types, type.names, snapshot, describe);
  const own = type.name === undefined ? {} : { class: type.name };
  return { type: 'row', ...own, serializer: 'RowDataSerializer', fields };
}

/** The columns of a row, whose serializers are nested in the snapshot of the row's. */
export function describeColumns(
  types: readonly LogicalType[],
  names: readonly string[] | undefined,
  snapshot: SerializerSnapshot | undefined,
  describe: Describer,
): NonNullable<TypeDescription['fields']> {
  const nested = snapshot?.nested.length === types.length ? snapshot.nested : undefined;
  return types.map((type, i) => describeField(names?.[i] ?? `f${i}`, type, nested?.[i], describe));
}

function describeField(
  name: string,
  type: LogicalType,
  snapshot: SerializerSnapshot | undefined,
  describe: Describer,
): NonNullable<TypeDescription['fields']>[number] {
  const described = describeLogicalType(type, snapshot, describe);
  return { name, type: described, ...(type.nullable ? { nullable: true } : {}) };
}

function describeRaw(
  className: string | undefined,
  snapshot: SerializerSnapshot | undefined,
  describe: Describer,
): TypeDescription {
  if (snapshot?.nested.length === 1) return describe(snapshot.nested[0]!);
  const opaque = 'the type names a serializer but not what that writes';
  const own = className === undefined ? {} : { class: className };
  return { type: 'raw', ...own, serializer: 'RawValueDataSerializer', opaque };
}
