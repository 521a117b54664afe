import { DataInputView, DataOutputView } from '@statewright/bytes';
import { fromTwosComplement, toTwosComplement } from '../codecs/big-numbers.js';
import { VARIANT } from '../codecs/variant.js';
import { cannotEncode } from '../opaque.js';
import { decodeUtf8, encodeUtf8 } from '../utf8.js';
import { BigDecimalValue, DecimalDataValue, Opaque, TimestampDataValue, VariantValue } from '../values.js';
import { chunkLength, chunkStart, MAX_INLINE } from './binary-layout.js';
import type { BinaryWriter } from './binary-writer.js';
import { type Column, setSlot, writeChunk } from './columns.js';
import type { ScalarType } from './logical-type.js';

/** Digits of a DECIMAL whose unscaled value is an i64 in the slot. */
export const MAX_COMPACT_DECIMAL = 18;
/** Digits of a TIMESTAMP that is milliseconds in the slot. */
export const MAX_COMPACT_TIMESTAMP = 3;
const DECIMAL_BYTES = 16;
const TIMESTAMP_BYTES = 8;

/** The column of a scalar type. */
export function scalarColumn(type: ScalarType): Column {
  switch (type.root) {
    case 'DECIMAL':
      return decimalColumn(type.precision!, type.scale!);
    case 'TIMESTAMP_WITHOUT_TIME_ZONE':
    case 'TIMESTAMP_WITH_LOCAL_TIME_ZONE':
      return type.precision! <= MAX_COMPACT_TIMESTAMP ? COMPACT_TIMESTAMP : TIMESTAMP;
    default:
      return PLAIN[type.root];
  }
}

function fixed(
  elementSize: Column['elementSize'],
  wanted: string,
  fits: (value: unknown) => boolean,
  read: (data: DataView, slot: number) => unknown,
  write: (data: DataView, slot: number, value: never) => void,
): Column {
  return {
    elementSize,
    read: (input, _base, _end, slot) => read(input.data, slot),
    write(out, _base, slot, value) {
      if (!fits(value)) throw cannotEncode('BinaryRowData', `a value of type ${wanted}`, value);
      write(out.data, slot, value as never);
    },
  };
}

function isInteger(bits: number): (value: unknown) => boolean {
  const bound = 2 ** (bits - 1);
  return (value) => typeof value === 'number' && Number.isInteger(value) && value >= -bound && value < bound;
}

function isLong(value: unknown): boolean {
  return typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
}

const BOOLEAN = fixed(
  1,
  'BOOLEAN',
  (value) => typeof value === 'boolean',
  (data, slot) => data.getInt8(slot) !== 0,
  (data, slot, value: boolean) => data.setInt8(slot, value ? 1 : 0),
);

const TINYINT = fixed(
  1,
  'TINYINT',
  isInteger(8),
  (data, slot) => data.getInt8(slot),
  (data, slot, value: number) => data.setInt8(slot, value),
);

const SMALLINT = fixed(
  2,
  'SMALLINT',
  isInteger(16),
  (data, slot) => data.getInt16(slot, true),
  (data, slot, value: number) => data.setInt16(slot, value, true),
);

const INTEGER = fixed(
  4,
  'INT',
  isInteger(32),
  (data, slot) => data.getInt32(slot, true),
  (data, slot, value: number) => data.setInt32(slot, value, true),
);

const BIGINT = fixed(
  8,
  'BIGINT',
  isLong,
  (data, slot) => data.getBigInt64(slot, true),
  (data, slot, value: bigint) => data.setBigInt64(slot, value, true),
);

const FLOAT = fixed(
  4,
  'FLOAT',
  (value) => typeof value === 'number' && (Number.isNaN(value) || Math.fround(value) === value),
  (data, slot) => data.getFloat32(slot, true),
  (data, slot, value: number) => data.setFloat32(slot, value, true),
);

const DOUBLE = fixed(
  8,
  'DOUBLE',
  (value) => typeof value === 'number',
  (data, slot) => data.getFloat64(slot, true),
  (data, slot, value: number) => data.setFloat64(slot, value, true),
);

/** Milliseconds, without nanoseconds. */
const COMPACT_TIMESTAMP = fixed(
  8,
  'TIMESTAMP without nanoseconds',
  (value) => value instanceof TimestampDataValue && value.nanoOfMilli === 0 && isLong(value.millis),
  (data, slot) => new TimestampDataValue(data.getBigInt64(slot, true), 0),
  (data, slot, value: TimestampDataValue) => data.setBigInt64(slot, value.millis, true),
);

/** The slot holds the nanoseconds of the millisecond and the offset of 8 bytes of milliseconds. */
const TIMESTAMP: Column = {
  elementSize: 8,
  chunk: () => TIMESTAMP_BYTES,
  read(input, base, end, slot) {
    const start = chunkStart(input, base, end, slot, TIMESTAMP_BYTES, 'TimestampData');
    return new TimestampDataValue(input.data.getBigInt64(start, true), input.data.getInt32(slot, true));
  },
  write(out, base, slot, value) {
    if (!(value instanceof TimestampDataValue) || !isLong(value.millis)) {
      throw cannotEncode('BinaryRowData', 'a value of type TIMESTAMP', value);
    }
    const at = out.claim(TIMESTAMP_BYTES);
    out.data.setBigInt64(at, value.millis, true);
    setSlot(out, base, slot, at, value.nanoOfMilli);
  },
};

/** Up to 18 digits: the unscaled value is in the slot. More: 16 bytes, of which the number takes as many as it needs. */
function decimalColumn(precision: number, scale: number): Column {
  const wanted = `DECIMAL(${precision}, ${scale})`;
  const bound = 10n ** BigInt(precision);
  const fits = (value: unknown): boolean =>
    value instanceof BigDecimalValue &&
    value.scale === scale &&
    value.unscaled < bound &&
    value.unscaled > -bound;
  if (precision <= MAX_COMPACT_DECIMAL) {
    return fixed(
      8,
      wanted,
      fits,
      (data, slot) => new DecimalDataValue(data.getBigInt64(slot, true), scale),
      (data, slot, value: BigDecimalValue) => data.setBigInt64(slot, value.unscaled, true),
    );
  }
  return {
    elementSize: 8,
    chunk: (input, slot) => input.data.getUint32(slot, true),
    read: (input, base, end, slot) => new DecimalDataValue(largeUnscaled(input, base, end, slot), scale),
    write(out, base, slot, value) {
      if (!fits(value)) throw cannotEncode('BinaryRowData', `a value of type ${wanted}`, value);
      const bytes = toTwosComplement((value as BigDecimalValue).unscaled);
      const at = out.claim(DECIMAL_BYTES);
      out.bytes.set(bytes, at);
      setSlot(out, base, slot, at, bytes.length);
    },
  };
}

function largeUnscaled(input: DataInputView, base: number, end: number, slot: number): bigint {
  const length = input.data.getUint32(slot, true);
  if (length === 0 || length > DECIMAL_BYTES) {
    input.pos = slot;
    const reason = `a number of ${length} bytes where 1 to ${DECIMAL_BYTES} are allowed`;
    throw input.error('BAD_LENGTH', 'DecimalData', reason, 8);
  }
  const start = chunkStart(input, base, end, slot, length, 'DecimalData');
  return fromTwosComplement(input.bytes.subarray(start, start + length));
}

function writeInlineOrChunk(out: BinaryWriter, base: number, slot: number, bytes: Uint8Array): void {
  if (bytes.length > MAX_INLINE) {
    writeChunk(out, base, slot, bytes);
    return;
  }
  out.bytes.set(bytes, slot);
  out.bytes[slot + 7] = 0x80 | bytes.length;
}

/** Where the bytes of a slot that may be inline start. */
function bytesStart(input: DataInputView, base: number, end: number, slot: number, kind: string): number {
  const tag = input.bytes[slot + 7]!;
  if (tag < 0x80) return chunkStart(input, base, end, slot, chunkLength(input, slot), kind);
  if ((tag & 0x7f) <= MAX_INLINE) return slot;
  input.pos = slot;
  throw input.error(
    'BAD_LENGTH',
    kind,
    `${tag & 0x7f} bytes inside a slot that has room for ${MAX_INLINE}`,
    8,
  );
}

function bytesLength(input: DataInputView, slot: number): number {
  const tag = input.bytes[slot + 7]!;
  return tag < 0x80 ? chunkLength(input, slot) : tag & 0x7f;
}

/** Text, or the bytes themselves where they are not UTF-8. */
const STRING: Column = {
  elementSize: 8,
  chunk: chunkLength,
  read(input, base, end, slot) {
    const start = bytesStart(input, base, end, slot, 'StringData');
    const stop = start + bytesLength(input, slot);
    return decodeUtf8(input.bytes, input.data, start, stop) ?? input.bytes.slice(start, stop);
  },
  write(out, base, slot, value) {
    if (typeof value === 'string') writeInlineOrChunk(out, base, slot, encodeUtf8(value, 'StringData'));
    else if (value instanceof Uint8Array) writeInlineOrChunk(out, base, slot, value);
    else throw cannotEncode('BinaryRowData', 'a value of type STRING', value);
  },
};

const BINARY: Column = {
  elementSize: 8,
  chunk: chunkLength,
  read(input, base, end, slot) {
    const start = bytesStart(input, base, end, slot, 'binary');
    return input.bytes.slice(start, start + bytesLength(input, slot));
  },
  write(out, base, slot, value) {
    if (!(value instanceof Uint8Array)) throw cannotEncode('BinaryRowData', 'a value of type BYTES', value);
    writeInlineOrChunk(out, base, slot, value);
  },
};

/** The bytes of a slot's chunk, as a view. */
export function chunkBytes(
  input: DataInputView,
  base: number,
  end: number,
  slot: number,
  kind: string,
): Uint8Array {
  const length = chunkLength(input, slot);
  const start = chunkStart(input, base, end, slot, length, kind);
  return input.bytes.subarray(start, start + length);
}

/** `i32 big-endian length of the metadata, metadata, value`. Follows `AbstractBinaryWriter#writeVariant`, Flink 2.3. */
const VARIANT_COLUMN: Column = {
  elementSize: 8,
  chunk: chunkLength,
  read(input, base, end, slot) {
    const chunk = chunkBytes(input, base, end, slot, 'Variant');
    const view = new DataInputView(
      chunk,
      input.file,
      input.fileOffset + chunk.byteOffset - input.bytes.byteOffset,
    );
    const metadata = view.readBytes32('Variant');
    const value = view.readBytes(view.remaining, 'Variant');
    return VARIANT.read(new DataInputView(joinVariant(value, metadata), input.file, view.fileOffset));
  },
  write(out, base, slot, value) {
    if (!(value instanceof VariantValue))
      throw cannotEncode('BinaryRowData', 'a value of type VARIANT', value);
    const chunk = new DataOutputView();
    chunk.writeBytes32(value.metadata);
    chunk.writeBytes(value.value);
    writeChunk(out, base, slot, chunk.view());
  },
};

/** The two parts as `VariantSerializer` has them, which puts them the other way round. */
function joinVariant(value: Uint8Array, metadata: Uint8Array): Uint8Array {
  const joined = new DataOutputView(8 + value.length + metadata.length);
  joined.writeInt(value.length);
  joined.writeInt(metadata.length);
  joined.writeBytes(value);
  joined.writeBytes(metadata);
  return joined.view();
}

/** Columns whose chunk is kept closed. */
export function opaqueChunkColumn(why: string, className: string | undefined, serializer: string): Column {
  return {
    elementSize: 8,
    chunk: chunkLength,
    read(input, base, end, slot) {
      const chunk = chunkBytes(input, base, end, slot, serializer);
      const start = input.fileOffset + chunk.byteOffset - input.bytes.byteOffset;
      const span = { file: input.file, start, end: start + chunk.length };
      return new Opaque(chunk.slice(), span, why, className, serializer);
    },
    write(out, base, slot, value) {
      if (!(value instanceof Opaque)) throw cannotEncode('BinaryRowData', 'an opaque value', value);
      writeChunk(out, base, slot, value.bytes);
    },
  };
}

/** A bitmap in the portable form of RoaringBitmap, always outside of its slot. Follows `AbstractBinaryWriter#writeBitmap`, Flink 2.3. */
const BITMAP: Column = {
  elementSize: 8,
  chunk: chunkLength,
  read: (input, base, end, slot) => chunkBytes(input, base, end, slot, 'Bitmap').slice(),
  write(out, base, slot, value) {
    if (!(value instanceof Uint8Array)) throw cannotEncode('BinaryRowData', 'a value of type BITMAP', value);
    writeChunk(out, base, slot, value);
  },
};

const PLAIN: {
  readonly [root in Exclude<
    ScalarType['root'],
    'DECIMAL' | 'TIMESTAMP_WITHOUT_TIME_ZONE' | 'TIMESTAMP_WITH_LOCAL_TIME_ZONE'
  >]: Column;
} = {
  CHAR: STRING,
  VARCHAR: STRING,
  BOOLEAN,
  BINARY,
  VARBINARY: BINARY,
  TINYINT,
  SMALLINT,
  INTEGER,
  BIGINT,
  FLOAT,
  DOUBLE,
  DATE: INTEGER,
  TIME_WITHOUT_TIME_ZONE: INTEGER,
  INTERVAL_YEAR_MONTH: INTEGER,
  INTERVAL_DAY_TIME: BIGINT,
  VARIANT: VARIANT_COLUMN,
  BITMAP,
};
