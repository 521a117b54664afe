import { readElementCount } from '../counts.js';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { BOOLEAN, CHAR, DOUBLE, FLOAT, INT, LONG, SHORT } from './primitives.js';
import { STRING } from './string-value.js';

/*
 *     i32 count
 *     count x element        big-endian, no null flags
 *
 * Follow `org.apache.flink.api.common.typeutils.base.array.*PrimitiveArraySerializer`, Flink 1.20. Arrays have no
 * `hashCode` of their contents, so none is given.
 */

function arrayCodec(element: Codec, serializer: string): Codec {
  const minLength = element.minLength ?? element.length;
  return {
    length: -1,
    delimited: true,
    minLength: 4,
    read(input) {
      const count = readElementCount(input, serializer, minLength);
      const values: unknown[] = [];
      for (let i = 0; i < count; i++) values.push(element.read(input));
      return values;
    },
    write(output, value) {
      if (!Array.isArray(value)) throw cannotEncode(serializer, 'an array', value);
      output.writeInt(value.length);
      for (const item of value) element.write(output, item);
    },
    skip(input) {
      const count = readElementCount(input, serializer, minLength);
      if (element.length >= 0) input.skip(count * element.length, serializer);
      else for (let i = 0; i < count; i++) element.skip(input);
    },
  };
}

export const BOOLEAN_ARRAY = arrayCodec(BOOLEAN, 'BooleanPrimitiveArraySerializer');
export const CHAR_ARRAY = arrayCodec(CHAR, 'CharPrimitiveArraySerializer');
export const SHORT_ARRAY = arrayCodec(SHORT, 'ShortPrimitiveArraySerializer');
export const INT_ARRAY = arrayCodec(INT, 'IntPrimitiveArraySerializer');
export const LONG_ARRAY = arrayCodec(LONG, 'LongPrimitiveArraySerializer');
export const FLOAT_ARRAY = arrayCodec(FLOAT, 'FloatPrimitiveArraySerializer');
export const DOUBLE_ARRAY = arrayCodec(DOUBLE, 'DoublePrimitiveArraySerializer');
/** Elements may be null. */
export const STRING_ARRAY = arrayCodec(STRING, 'StringArraySerializer');

/** `i32 length, bytes`: the value is a copy of the bytes. */
export const BYTE_ARRAY: Codec = {
  length: -1,
  delimited: true,
  minLength: 4,
  read: (input) => input.readBytes32('BytePrimitiveArraySerializer').slice(),
  write(output, value) {
    if (!(value instanceof Uint8Array))
      throw cannotEncode('BytePrimitiveArraySerializer', 'a byte array', value);
    output.writeBytes32(value);
  },
  skip: (input) =>
    input.skip(input.readCount('BytePrimitiveArraySerializer'), 'BytePrimitiveArraySerializer'),
};
