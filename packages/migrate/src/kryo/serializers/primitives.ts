import type { DataInputView } from '@statewright/bytes';
import type { PrimitiveName } from '../layout.js';
import type { KryoGeneration } from '../object-graph.js';
import { readBoolean, readZigZagInt, readZigZagLong } from '../wire.js';

const KIND = 'Kryo value';

/** Reads a primitive field, or the object of a primitive. */
export type PrimitiveReader = (input: DataInputView) => unknown;

/** Reads a number of fixed length. */
function fixed<T>(length: number, get: (data: DataView, at: number) => T) {
  return (input: DataInputView): T => {
    input.need(length, KIND);
    const value = get(input.data, input.pos);
    input.pos += length;
    return value;
  };
}

/** `Input#readInt()`: four bytes. */
export function readFixedInt(input: DataInputView, little: boolean): number {
  return fixed(4, (data, at) => data.getInt32(at, little))(input);
}

/** `Input#readLong()`: eight bytes. */
export function readFixedLong(input: DataInputView, little: boolean): bigint {
  return fixed(8, (data, at) => data.getBigInt64(at, little))(input);
}

/** `Input#readDouble()`: eight bytes. */
export function readFixedDouble(input: DataInputView, little: boolean): number {
  return fixed(8, (data, at) => data.getFloat64(at, little))(input);
}

/** How a generation writes each primitive, as a field, an element of an array or an object: `int` and `long` zig-zag. */
export function primitiveReaders(generation: KryoGeneration): ReadonlyMap<PrimitiveName, PrimitiveReader> {
  const little = generation === 5;
  return new Map<PrimitiveName, PrimitiveReader>([
    ['boolean', readBoolean],
    ['byte', (input) => input.readByte(KIND)],
    ['char', fixed(2, (data, at) => String.fromCharCode(data.getUint16(at, little)))],
    ['short', fixed(2, (data, at) => data.getInt16(at, little))],
    ['int', readZigZagInt],
    ['long', readZigZagLong],
    ['float', fixed(4, (data, at) => data.getFloat32(at, little))],
    ['double', fixed(8, (data, at) => data.getFloat64(at, little))],
  ]);
}

/** Bytes that each has at least. */
export const PRIMITIVE_BYTES: { readonly [name in PrimitiveName]: number } = {
  boolean: 1,
  byte: 1,
  char: 2,
  short: 2,
  int: 1,
  long: 1,
  float: 4,
  double: 8,
};
