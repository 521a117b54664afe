import type { DataInputView } from '@statewright/bytes';
import { LONG } from '../codecs/primitives.js';
import type { Codec, SerializerSnapshot, SnapshotFormat } from '../model.js';
import { decimalDataCodec, STRING_DATA, timestampDataCodec } from '../table/scalar-codecs.js';
import { simpleFormat } from './simple.js';

const TYPEUTILS = 'org.apache.flink.table.runtime.typeutils.';
/** More digits than any DECIMAL of SQL has. */
const MAX_DECIMAL = 38;
const MAX_FRACTION = 9;

/** What the snapshot of a `DecimalDataSerializer` or `TimestampDataSerializer` holds. */
export interface PrecisionSnapshot extends SerializerSnapshot {
  readonly precision: number;
  /** Decimals only. */
  readonly scale: number;
}

/** No body. Follows `StringDataSerializer.StringDataSerializerSnapshot`, Flink 1.20 and 2.3. */
export const STRING_DATA_FORMAT = simpleFormat({
  snapshotClass: `${TYPEUTILS}StringDataSerializer$StringDataSerializerSnapshot`,
  serializer: 'StringDataSerializer',
  type: 'string',
  valueClass: 'org.apache.flink.table.data.StringData',
  codec: STRING_DATA,
  flink: '1.11-2.3',
  values: 'string, or Uint8Array where the bytes are not UTF-8',
});

function readWithin(input: DataInputView, kind: string, what: string, most: number): number {
  const value = input.readInt(kind);
  if (value >= 0 && value <= most) return value;
  input.pos -= 4;
  throw input.error('BAD_VALUE', kind, `${what} ${value} is not within 0 and ${most}`, 4);
}

/**
 *     i32 precision
 *     i32 scale
 *
 * Follows `DecimalDataSerializer.DecimalSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const DECIMAL_DATA: SnapshotFormat<PrecisionSnapshot> = {
  classNames: [`${TYPEUTILS}DecimalDataSerializer$DecimalSerializerSnapshot`],
  versions: [3],
  notes: {
    type: 'decimal',
    serializer: 'DecimalDataSerializer',
    flink: '1.11-2.3',
    values: 'DecimalDataValue',
  },
  read(input, head) {
    const precision = readWithin(input, 'DecimalSerializerSnapshot', 'precision', MAX_DECIMAL);
    const scale = readWithin(input, 'DecimalSerializerSnapshot', 'scale', precision);
    const { className, version } = head;
    return { className, version, precision, scale, nested: [], span: input.spanFrom(head.start) };
  },
  write(output, snapshot) {
    output.writeInt(snapshot.precision);
    output.writeInt(snapshot.scale);
  },
  describe: ({ precision, scale }) => ({
    type: 'decimal',
    class: 'org.apache.flink.table.data.DecimalData',
    serializer: 'DecimalDataSerializer',
    details: { precision, scale },
  }),
  codec: ({ precision, scale }) => decimalDataCodec(precision, scale),
};

/**
 *     i32 precision          digits of the fraction of a second
 *
 * Follows `TimestampDataSerializer.TimestampDataSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const TIMESTAMP_DATA: SnapshotFormat<PrecisionSnapshot> = {
  classNames: [`${TYPEUTILS}TimestampDataSerializer$TimestampDataSerializerSnapshot`],
  versions: [1],
  notes: {
    type: 'timestamp',
    serializer: 'TimestampDataSerializer',
    flink: '1.11-2.3',
    values: 'TimestampDataValue',
  },
  read(input, head) {
    const precision = readWithin(input, 'TimestampDataSerializerSnapshot', 'precision', MAX_FRACTION);
    const { className, version } = head;
    return { className, version, precision, scale: 0, nested: [], span: input.spanFrom(head.start) };
  },
  write: (output, snapshot) => output.writeInt(snapshot.precision),
  describe: ({ precision }) => ({
    type: 'timestamp',
    class: 'org.apache.flink.table.data.TimestampData',
    serializer: 'TimestampDataSerializer',
    details: { precision },
  }),
  codec: ({ precision }) => timestampDataCodec(precision),
};

const SIGN = 1n << 63n;

/** A long with its sign bit flipped, so that its bytes sort as it does. */
const SORTED_LONG: Codec = {
  ...LONG,
  read: (input) => BigInt.asIntN(64, input.readLong('SortedLong') ^ SIGN),
  write: (output, value) =>
    LONG.write(output, typeof value === 'bigint' ? BigInt.asIntN(64, value ^ SIGN) : value),
};

/** No body. Follows `SortedLongSerializer.SortedLongSerializerSnapshot`, Flink 2.3. */
export const SORTED_LONG_FORMAT = simpleFormat({
  snapshotClass:
    'org.apache.flink.table.runtime.operators.sink.SortedLongSerializer$SortedLongSerializerSnapshot',
  serializer: 'SortedLongSerializer',
  type: 'long',
  valueClass: 'java.lang.Long',
  codec: SORTED_LONG,
  flink: '2.3',
  values: 'bigint',
});
