import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { booleanHash, doubleHash, floatHash, longHash } from './java-hash.js';

/*
 * All big-endian, as `org.apache.flink.core.memory.DataOutputSerializer` writes them. The readers are one call each, so
 * that they can be inlined where they are used.
 */

/** A codec of fixed length; a value for which `fits` is false is CANNOT_ENCODE. Null hashes to 0, as everywhere in Java. */
export function fixedCodec<V>(
  length: number,
  wanted: string,
  read: (input: DataInputView) => V,
  fits: (value: unknown) => boolean,
  write: (output: DataOutputView, value: V) => void,
  hash: (value: V) => number | undefined,
): Codec {
  return {
    length,
    delimited: true,
    read,
    write(output, value) {
      if (!fits(value)) throw cannotEncode(wanted, `a value of type ${wanted}`, value);
      write(output, value as V);
    },
    skip: (input) => input.skip(length),
    hash: (value) => (value === null ? 0 : hash(value as V)),
  };
}

function isInteger(bits: number): (value: unknown) => boolean {
  const bound = 2 ** (bits - 1);
  return (value) => typeof value === 'number' && Number.isInteger(value) && value >= -bound && value < bound;
}

const isNumber = (value: unknown): boolean => typeof value === 'number';
const isLong = (value: unknown): boolean => typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
const itself = (value: number): number => value;

export const BOOLEAN: Codec = fixedCodec<boolean>(
  1,
  'boolean',
  (input) => input.readBoolean(),
  (value) => typeof value === 'boolean',
  (output, value) => output.writeBoolean(value),
  booleanHash,
);

export const BYTE: Codec = fixedCodec<number>(
  1,
  'byte',
  (input) => input.readByte(),
  isInteger(8),
  (output, value) => output.writeByte(value),
  itself,
);

export const SHORT: Codec = fixedCodec<number>(
  2,
  'short',
  (input) => input.readShort(),
  isInteger(16),
  (output, value) => output.writeShort(value),
  itself,
);

export const INT: Codec = fixedCodec<number>(
  4,
  'int',
  (input) => input.readInt(),
  isInteger(32),
  (output, value) => output.writeInt(value),
  itself,
);

export const LONG: Codec = fixedCodec<bigint>(
  8,
  'long',
  (input) => input.readLong(),
  isLong,
  (output, value) => output.writeLong(value),
  longHash,
);

export const FLOAT: Codec = fixedCodec<number>(
  4,
  'float',
  (input) => input.readFloat(),
  (value) => typeof value === 'number' && (Number.isNaN(value) || Math.fround(value) === value),
  (output, value) => output.writeFloat(value),
  floatHash,
);

export const DOUBLE: Codec = fixedCodec<number>(
  8,
  'double',
  (input) => input.readDouble(),
  isNumber,
  (output, value) => output.writeDouble(value),
  doubleHash,
);

/** A UTF-16 unit as u16. */
export const CHAR: Codec = fixedCodec<string>(
  2,
  'char',
  (input) => String.fromCharCode(input.readUnsignedShort()),
  (value) => typeof value === 'string' && value.length === 1,
  (output, value) => output.writeShort(value.charCodeAt(0)),
  (value) => value.charCodeAt(0),
);

/** The same codec with another hash: the `*Value` types have their own. */
export function withHash(codec: Codec, hash: (value: never) => number): Codec {
  return { ...codec, hash: (value) => (value === null ? 0 : hash(value as never)) };
}

/** A placeholder of one byte for a value that is always null (`VoidSerializer`, `VoidNamespaceSerializer`). */
export function placeholderCodec(read: () => unknown, byte: number, hash?: number): Codec {
  return {
    length: 1,
    delimited: true,
    read(input) {
      input.readByte();
      return read();
    },
    write: (output) => output.writeByte(byte),
    skip: (input) => input.skip(1),
    hash: () => hash,
  };
}
