import type { Span } from '@statewright/bytes';
import type { LogicalType, ScalarRoot, SerializerSnapshot } from '@statewright/serializers';
import { SIMPLE_CLASSES, simpleSnapshot } from '../simple-types.js';

const TYPEUTILS = 'org.apache.flink.table.runtime.typeutils.';

/** Snapshot classes of SQL's serializers. */
export const SQL_CLASSES = {
  row: `${TYPEUTILS}RowDataSerializer$RowDataSerializerSnapshot`,
  binaryRow: `${TYPEUTILS}BinaryRowDataSerializer$BinaryRowDataSerializerSnapshot`,
  array: `${TYPEUTILS}ArrayDataSerializer$ArrayDataSerializerSnapshot`,
  map: `${TYPEUTILS}MapDataSerializer$MapDataSerializerSnapshot`,
  decimal: `${TYPEUTILS}DecimalDataSerializer$DecimalSerializerSnapshot`,
  timestamp: `${TYPEUTILS}TimestampDataSerializer$TimestampDataSerializerSnapshot`,
} as const;

/** Keywords of the serializers that need nothing but the root. */
const SIMPLE_ROOTS: { readonly [root in ScalarRoot]?: string } = {
  CHAR: 'string-data',
  VARCHAR: 'string-data',
  BOOLEAN: 'boolean',
  BINARY: 'byte[]',
  VARBINARY: 'byte[]',
  TINYINT: 'byte',
  SMALLINT: 'short',
  INTEGER: 'int',
  DATE: 'int',
  TIME_WITHOUT_TIME_ZONE: 'int',
  INTERVAL_YEAR_MONTH: 'int',
  BIGINT: 'long',
  INTERVAL_DAY_TIME: 'long',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARIANT: 'variant',
  BITMAP: 'bitmap',
};

/**
 * The snapshot of the serializer that Flink has for a SQL type; undefined where the type alone does not tell it.
 * Follows `org.apache.flink.table.runtime.typeutils.InternalSerializers#create`, Flink 2.3. The Java objects that such
 * snapshots also hold are not made: they say what `types` says.
 */
export function sqlSerializer(type: LogicalType, span: Span): SerializerSnapshot | undefined {
  const own = { nested: [], span };
  switch (type.kind) {
    case 'array':
      return elementTypes(SQL_CLASSES.array, [type.element], span);
    case 'map':
      return elementTypes(SQL_CLASSES.map, [type.key, type.value], span);
    case 'row':
      return rowData(type.types, span);
    case 'scalar': {
      const { root, precision = 0, scale = 0 } = type;
      if (root === 'DECIMAL') return numbers(SQL_CLASSES.decimal, 3, precision, scale, span);
      if (root.startsWith('TIMESTAMP')) return numbers(SQL_CLASSES.timestamp, 1, precision, 0, span);
      const keyword = SIMPLE_ROOTS[root];
      return keyword === undefined ? undefined : { ...simpleSnapshot(SIMPLE_CLASSES.get(keyword)!), ...own };
    }
    default:
      return undefined;
  }
}

/** The snapshot of a row's serializer with these columns; undefined when one of them does not tell its serializer. */
export function rowData(types: readonly LogicalType[], span: Span): SerializerSnapshot | undefined {
  const nested = types.map((type) => sqlSerializer(type, span));
  if (!nested.every((one) => one !== undefined)) return undefined;
  const snapshot = { className: SQL_CLASSES.row, version: 3, types, typeBytes: [], nested, span };
  return snapshot as SerializerSnapshot;
}

/** The snapshot of an array's or a map's serializer. */
export function elementTypes(
  className: string,
  types: readonly LogicalType[],
  span: Span,
): SerializerSnapshot {
  return { className, version: 3, types, objects: [], nested: [], span } as SerializerSnapshot;
}

/** The snapshot of a serializer that a precision, and perhaps a scale, describes. */
export function numbers(
  className: string,
  version: number,
  precision: number,
  scale: number,
  span: Span,
): SerializerSnapshot {
  return { className, version, precision, scale, nested: [], span } as SerializerSnapshot;
}
