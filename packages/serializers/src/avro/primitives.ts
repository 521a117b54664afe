import type { DataInputView } from '@statewright/bytes';
import { BOOLEAN, DOUBLE, FLOAT, INT, LONG } from '../codecs/primitives.js';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { decodeUtf8, encodeUtf8 } from '../utf8.js';
import type { AvroEnum, AvroFixed, AvroPrimitiveName } from './schema.js';

/*
 * Flink's own encoding of Avro values, not Avro's binary encoding: numbers are big-endian and of fixed size.
 * Follows `org.apache.flink.formats.avro.utils.DataOutputEncoder`, Flink 1.20 and 2.3.
 *
 *     null                   nothing
 *     boolean                u8
 *     int, long, float, double   big-endian, 4 or 8 bytes
 *     bytes, string          i32 length, bytes; a string's are UTF-8
 *     fixed                  bytes
 *     enum                   i32 position of the symbol
 */

const NULL: Codec = {
  length: 0,
  delimited: true,
  read: () => null,
  write(_output, value) {
    if (value !== null) throw cannotEncode('Avro null', 'null', value);
  },
  skip() {},
};

/** A copy of the bytes. */
const BYTES: Codec = {
  length: -1,
  delimited: true,
  minLength: 4,
  read: (input) => input.readBytes32('Avro bytes').slice(),
  write(output, value) {
    if (!(value instanceof Uint8Array)) throw cannotEncode('Avro bytes', 'a Uint8Array', value);
    output.writeBytes32(value);
  },
  skip: skipBytes,
};

/** Text, or the bytes themselves where they are not UTF-8. */
const STRING: Codec = {
  length: -1,
  delimited: true,
  minLength: 4,
  read(input) {
    const length = input.readCount('Avro string');
    const start = input.pos;
    input.pos = start + length;
    return decodeUtf8(input.bytes, input.data, start, input.pos) ?? input.bytes.slice(start, input.pos);
  },
  write(output, value) {
    if (typeof value === 'string') output.writeBytes32(encodeUtf8(value, 'Avro string'));
    else if (value instanceof Uint8Array) output.writeBytes32(value);
    else throw cannotEncode('Avro string', 'a string', value);
  },
  skip: skipBytes,
};

function skipBytes(input: DataInputView): void {
  input.skip(input.readCount('Avro bytes'));
}

/** The codecs of Avro's primitive types. */
export const AVRO_PRIMITIVES: { readonly [name in AvroPrimitiveName]: Codec } = {
  null: NULL,
  boolean: BOOLEAN,
  int: INT,
  long: LONG,
  float: FLOAT,
  double: DOUBLE,
  bytes: BYTES,
  string: STRING,
};

/** The symbol's name. */
export function enumCodec({ symbols, name }: AvroEnum): Codec {
  const indexes = new Map(symbols.map((symbol, i) => [symbol, i]));
  return {
    length: 4,
    delimited: true,
    read(input) {
      const index = input.readInt('Avro enum');
      const symbol = symbols[index];
      if (symbol !== undefined) return symbol;
      input.pos -= 4;
      throw input.error('BAD_VALUE', 'Avro enum', `symbol ${index} of an enum that has ${symbols.length}`, 4);
    },
    write(output, value) {
      const index = indexes.get(value as string);
      if (index === undefined) throw cannotEncode('Avro enum', `a symbol of ${name}`, value);
      output.writeInt(index);
    },
    skip: (input) => input.skip(4),
  };
}

/** A copy of its bytes. */
export function fixedCodec({ size, name }: AvroFixed): Codec {
  return {
    length: size,
    delimited: true,
    read: (input) => input.readBytes(size, 'Avro fixed').slice(),
    write(output, value) {
      if (!(value instanceof Uint8Array) || value.length !== size) {
        throw cannotEncode('Avro fixed', `${size} bytes for ${name}`, value);
      }
      output.writeBytes(value);
    },
    skip: (input) => input.skip(size, 'Avro fixed'),
  };
}
