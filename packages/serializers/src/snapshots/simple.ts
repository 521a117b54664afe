import {
  BOOLEAN_ARRAY,
  BYTE_ARRAY,
  CHAR_ARRAY,
  DOUBLE_ARRAY,
  FLOAT_ARRAY,
  INT_ARRAY,
  LONG_ARRAY,
  SHORT_ARRAY,
  STRING_ARRAY,
} from '../codecs/arrays.js';
import { BIG_DECIMAL, BIG_INTEGER } from '../codecs/big-numbers.js';
import { doubleHash, longHash } from '../codecs/java-hash.js';
import {
  BOOLEAN,
  BYTE,
  CHAR,
  DOUBLE,
  FLOAT,
  INT,
  LONG,
  placeholderCodec,
  SHORT,
  withHash,
} from '../codecs/primitives.js';
import { STRING, STRING_VALUE } from '../codecs/string-value.js';
import {
  DATE,
  INSTANT,
  LOCAL_DATE,
  LOCAL_DATE_TIME,
  LOCAL_TIME,
  SQL_DATE,
  SQL_TIME,
  SQL_TIMESTAMP,
} from '../codecs/times.js';
import { VARIANT } from '../codecs/variant.js';
import { GLOBAL_WINDOW, TIME_WINDOW } from '../codecs/windows.js';
import type { Codec, SerializerSnapshot, SnapshotFormat } from '../model.js';

/** A snapshot without a body of its own. */
export interface SimpleSnapshot extends SerializerSnapshot {
  /** Version 2 only: the serializer's class name, which Flink reads and ignores. */
  readonly serializerClass: string | undefined;
}

/** One payload-less snapshot class. */
export interface SimpleRow {
  readonly snapshotClass: string;
  readonly serializer: string;
  readonly type: string;
  readonly codec: Codec;
  /** Java class of the values. */
  readonly valueClass: string;
  /** Flink releases that have it, first and last. */
  readonly flink?: string;
  /** How a value comes out. */
  readonly values: string;
  /** Why values stay closed, when they do. */
  readonly opaque?: string;
}

/**
 *     (version 3: nothing)
 *     (version 2: utf serializerClass)
 *
 * Follows `org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot`, Flink 1.20.
 */
export function simpleFormat(row: SimpleRow): SnapshotFormat<SimpleSnapshot> {
  const { serializer, type, valueClass, values, opaque } = row;
  return {
    classNames: [row.snapshotClass],
    versions: [2, 3],
    notes: { type, serializer, flink: row.flink ?? '1.7-2.3', values },
    read(input, head) {
      const serializerClass = head.version === 2 ? input.readUTF('serializer class') : undefined;
      const { className, version, start } = head;
      return { className, version, nested: [], serializerClass, span: input.spanFrom(start) };
    },
    write(output, snapshot) {
      if (snapshot.serializerClass !== undefined) output.writeUTF(snapshot.serializerClass);
    },
    describe: () => ({ type, class: valueClass, serializer, ...(opaque === undefined ? {} : { opaque }) }),
    codec: () => row.codec,
  };
}

const BASE = 'org.apache.flink.api.common.typeutils.base.';

/** A row for a serializer of flink-core whose snapshot class is nested in it. */
function base(
  name: string,
  type: string,
  valueClass: string,
  codec: Codec,
  values: string,
  flink?: string,
): SimpleRow {
  const serializer = name.slice(name.lastIndexOf('.') + 1);
  const snapshotClass = `${BASE}${name}$${serializer}Snapshot`;
  return {
    snapshotClass,
    serializer,
    type,
    valueClass,
    codec,
    values,
    ...(flink === undefined ? {} : { flink }),
  };
}

const T = 'org.apache.flink.types.';

/** NullValue takes no bytes at all. */
const NOTHING: Codec = {
  length: 0,
  delimited: true,
  read: () => null,
  write: () => {},
  skip: () => {},
  hash: () => 53,
};

const booleanValueHash = (value: boolean): number => (value ? 1 : 0);
const longValueHash = (value: bigint): number => (43 + longHash(value)) | 0;
const doubleValueHash = (value: number): number => (31 + doubleHash(value)) | 0;

const ROWS: readonly SimpleRow[] = [
  base('BooleanSerializer', 'boolean', 'java.lang.Boolean', BOOLEAN, 'boolean'),
  base('ByteSerializer', 'byte', 'java.lang.Byte', BYTE, 'number'),
  base('ShortSerializer', 'short', 'java.lang.Short', SHORT, 'number'),
  base('IntSerializer', 'int', 'java.lang.Integer', INT, 'number'),
  base('LongSerializer', 'long', 'java.lang.Long', LONG, 'bigint'),
  base('FloatSerializer', 'float', 'java.lang.Float', FLOAT, 'number'),
  base('DoubleSerializer', 'double', 'java.lang.Double', DOUBLE, 'number'),
  base('CharSerializer', 'char', 'java.lang.Character', CHAR, 'string of one UTF-16 unit'),
  base('StringSerializer', 'string', 'java.lang.String', STRING, 'string, nullable'),
  base('BigIntSerializer', 'biginteger', 'java.math.BigInteger', BIG_INTEGER, 'BigIntegerValue, nullable'),
  base('BigDecSerializer', 'bigdecimal', 'java.math.BigDecimal', BIG_DECIMAL, 'BigDecimalValue, nullable'),
  base('DateSerializer', 'date', 'java.util.Date', DATE, 'DateValue, nullable'),
  base('SqlDateSerializer', 'sql-date', 'java.sql.Date', SQL_DATE, 'SqlDateValue, nullable'),
  base('SqlTimeSerializer', 'sql-time', 'java.sql.Time', SQL_TIME, 'SqlTimeValue, nullable'),
  base(
    'SqlTimestampSerializer',
    'sql-timestamp',
    'java.sql.Timestamp',
    SQL_TIMESTAMP,
    'SqlTimestampValue, nullable',
  ),
  base('InstantSerializer', 'instant', 'java.time.Instant', INSTANT, 'InstantValue, nullable', '1.8-2.3'),
  base(
    'LocalDateSerializer',
    'local-date',
    'java.time.LocalDate',
    LOCAL_DATE,
    'LocalDateValue, nullable',
    '1.9-2.3',
  ),
  base(
    'LocalTimeSerializer',
    'local-time',
    'java.time.LocalTime',
    LOCAL_TIME,
    'LocalTimeValue, nullable',
    '1.9-2.3',
  ),
  base(
    'LocalDateTimeSerializer',
    'local-date-time',
    'java.time.LocalDateTime',
    LOCAL_DATE_TIME,
    'LocalDateTimeValue, nullable',
    '1.9-2.3',
  ),
  base(
    'VoidSerializer',
    'void',
    'java.lang.Void',
    placeholderCodec(() => null, 0, 0),
    'null',
  ),
  base(
    'BooleanValueSerializer',
    'boolean',
    `${T}BooleanValue`,
    withHash(BOOLEAN, booleanValueHash),
    'boolean',
  ),
  base('ByteValueSerializer', 'byte', `${T}ByteValue`, BYTE, 'number'),
  base('ShortValueSerializer', 'short', `${T}ShortValue`, SHORT, 'number'),
  base('IntValueSerializer', 'int', `${T}IntValue`, INT, 'number'),
  base('LongValueSerializer', 'long', `${T}LongValue`, withHash(LONG, longValueHash), 'bigint'),
  base('FloatValueSerializer', 'float', `${T}FloatValue`, FLOAT, 'number'),
  base('DoubleValueSerializer', 'double', `${T}DoubleValue`, withHash(DOUBLE, doubleValueHash), 'number'),
  base('CharValueSerializer', 'char', `${T}CharValue`, CHAR, 'string of one UTF-16 unit'),
  base('StringValueSerializer', 'string', `${T}StringValue`, STRING_VALUE, 'string'),
  base('NullValueSerializer', 'null', `${T}NullValue`, NOTHING, 'null'),
  base('array.BooleanPrimitiveArraySerializer', 'boolean[]', '[Z', BOOLEAN_ARRAY, 'array of boolean'),
  base('array.BytePrimitiveArraySerializer', 'byte[]', '[B', BYTE_ARRAY, 'Uint8Array'),
  base('array.CharPrimitiveArraySerializer', 'char[]', '[C', CHAR_ARRAY, 'array of string'),
  base('array.ShortPrimitiveArraySerializer', 'short[]', '[S', SHORT_ARRAY, 'array of number'),
  base('array.IntPrimitiveArraySerializer', 'int[]', '[I', INT_ARRAY, 'array of number'),
  base('array.LongPrimitiveArraySerializer', 'long[]', '[J', LONG_ARRAY, 'array of bigint'),
  base('array.FloatPrimitiveArraySerializer', 'float[]', '[F', FLOAT_ARRAY, 'array of number'),
  base('array.DoublePrimitiveArraySerializer', 'double[]', '[D', DOUBLE_ARRAY, 'array of number'),
  base(
    'array.StringArraySerializer',
    'string[]',
    '[Ljava.lang.String;',
    STRING_ARRAY,
    'array of string or null',
  ),
  base('VariantSerializer', 'variant', `${T}variant.Variant`, VARIANT, 'VariantValue', '2.1-2.3'),
  base(
    'BitmapSerializer',
    'bitmap',
    `${T}bitmap.Bitmap`,
    BYTE_ARRAY,
    'Uint8Array in the portable form of RoaringBitmap',
    '2.3',
  ),
  {
    snapshotClass: 'org.apache.flink.api.java.typeutils.runtime.Tuple0SerializerSnapshot',
    serializer: 'Tuple0Serializer',
    type: 'tuple',
    valueClass: 'org.apache.flink.api.java.tuple.Tuple0',
    codec: placeholderCodec(() => [], 42, 0),
    values: 'empty array',
  },
  {
    snapshotClass: 'org.apache.flink.runtime.state.VoidNamespaceSerializer$VoidNamespaceSerializerSnapshot',
    serializer: 'VoidNamespaceSerializer',
    type: 'void',
    valueClass: 'org.apache.flink.runtime.state.VoidNamespace',
    codec: placeholderCodec(() => null, 0, 99),
    values: 'null',
  },
  {
    snapshotClass:
      'org.apache.flink.streaming.api.windowing.windows.TimeWindow$Serializer$TimeWindowSerializerSnapshot',
    serializer: 'TimeWindow.Serializer',
    type: 'time-window',
    valueClass: 'org.apache.flink.streaming.api.windowing.windows.TimeWindow',
    codec: TIME_WINDOW,
    values: 'TimeWindowValue',
  },
  {
    snapshotClass:
      'org.apache.flink.streaming.api.windowing.windows.GlobalWindow$Serializer$GlobalWindowSerializerSnapshot',
    serializer: 'GlobalWindow.Serializer',
    type: 'global-window',
    valueClass: 'org.apache.flink.streaming.api.windowing.windows.GlobalWindow',
    codec: GLOBAL_WINDOW,
    values: 'GlobalWindowValue',
  },
];

/** All payload-less snapshots of flink-core and flink-runtime. */
export const SIMPLE_FORMATS: readonly SnapshotFormat[] = ROWS.map(simpleFormat);
