import type { DataInputView } from '@statewright/bytes';
import { fromTwosComplement, toTwosComplement } from '../codecs/big-numbers.js';
import { bigDecimalHash } from '../codecs/java-hash.js';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { decodeUtf8, encodeUtf8 } from '../utf8.js';
import { BigDecimalValue, DecimalDataValue, TimestampDataValue } from '../values.js';
import { binaryStringHash } from './binary-layout.js';
import { MAX_COMPACT_DECIMAL, MAX_COMPACT_TIMESTAMP } from './scalar-columns.js';

/*
 * Scalars of SQL where they stand alone, big-endian. Follow the serializers of
 * `org.apache.flink.table.runtime.typeutils`, Flink 1.20 and 2.3.
 */

/** `i32 length, bytes`: text, or the bytes themselves where they are not UTF-8. */
export const STRING_DATA: Codec = {
  length: -1,
  delimited: true,
  minLength: 4,
  read(input) {
    const length = input.readCount('StringData');
    const start = input.pos;
    input.pos = start + length;
    return decodeUtf8(input.bytes, input.data, start, input.pos) ?? input.bytes.slice(start, input.pos);
  },
  write: (output, value) => output.writeBytes32(textBytes(value)),
  skip: (input) => input.skip(input.readCount('StringData'), 'StringData'),
  hash: (value) => (value === null ? 0 : binaryStringHash(textBytes(value))),
};

function textBytes(value: unknown): Uint8Array {
  if (typeof value === 'string') return encodeUtf8(value, 'StringDataSerializer');
  if (value instanceof Uint8Array) return value;
  throw cannotEncode('StringDataSerializer', 'a string', value);
}

/** Up to 18 digits `i64 unscaled`, else `i32 length, unscaled`. Flink says -1 for its length, even where it is 8. */
export function decimalDataCodec(precision: number, scale: number): Codec {
  const compact = precision <= MAX_COMPACT_DECIMAL;
  const bound = 10n ** BigInt(precision);
  return {
    length: -1,
    delimited: true,
    minLength: compact ? 8 : 5,
    read: (input) =>
      new DecimalDataValue(compact ? input.readLong('DecimalData') : readUnscaled(input), scale),
    write(output, value) {
      const fits = value instanceof BigDecimalValue && value.scale === scale;
      if (!fits || value.unscaled >= bound || value.unscaled <= -bound) {
        throw cannotEncode('DecimalDataSerializer', `a DECIMAL(${precision}, ${scale})`, value);
      }
      if (compact) output.writeLong(value.unscaled);
      else output.writeBytes32(toTwosComplement(value.unscaled));
    },
    skip(input) {
      input.skip(compact ? 8 : input.readCount('DecimalData'), 'DecimalData');
    },
    hash: (value) => (value instanceof BigDecimalValue ? bigDecimalHash(value.unscaled, value.scale) : 0),
  };
}

function readUnscaled(input: DataInputView): bigint {
  const length = input.readCount('DecimalData');
  if (length > 0) return fromTwosComplement(input.readBytes(length, 'DecimalData'));
  input.pos -= 4;
  throw input.error('BAD_LENGTH', 'DecimalData', 'a number of 0 bytes', 4);
}

/** `i64 milliseconds`, and for more than 3 digits `i32 nanoseconds of the millisecond`. */
export function timestampDataCodec(precision: number): Codec {
  const compact = precision <= MAX_COMPACT_TIMESTAMP;
  return {
    length: compact ? 8 : 12,
    delimited: true,
    read: (input) =>
      new TimestampDataValue(input.readLong('TimestampData'), compact ? 0 : input.readInt('TimestampData')),
    write(output, value) {
      const fits = value instanceof TimestampDataValue && (!compact || value.nanoOfMilli === 0);
      if (!fits) throw cannotEncode('TimestampDataSerializer', `a TIMESTAMP(${precision})`, value);
      output.writeLong(value.millis);
      if (!compact) output.writeInt(value.nanoOfMilli);
    },
    skip: (input) => input.skip(compact ? 8 : 12, 'TimestampData'),
  };
}
