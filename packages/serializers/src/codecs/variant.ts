import { type DataInputView, MAX_DEPTH } from '@statewright/bytes';
import { dateOfDay } from '../civil-date.js';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { decodeUtf8 } from '../utf8.js';
import { BigDecimalValue, InstantValue, RecordValue, TimestampDataValue, VariantValue } from '../values.js';

const KIND = 'Variant';
/** Types inside a variant are numbers in the six high bits of a header byte, these in the two low ones. */
const SHORT_STRING = 1;
const OBJECT = 2;
const ARRAY = 3;

/** One variant being taken apart. Everything in it is little-endian. */
interface Decoding {
  readonly input: DataInputView;
  readonly value: DataView;
  readonly names: readonly string[];
  /** How many more values there may be: each takes a byte, so that offsets cannot point to one again and again. */
  budget: number;
  depth: number;
}

/**
 *     i32 valueLength, i32 metadataLength, value, metadata
 *
 * Follows `org.apache.flink.api.common.typeutils.base.VariantSerializer`, Flink 2.3; the inside is the Parquet variant
 * encoding, version 1, as `BinaryVariantUtil` reads it.
 */
export const VARIANT: Codec = {
  length: -1,
  delimited: true,
  minLength: 8,
  read(input) {
    const [value, metadata] = readParts(input);
    const names = metadataNames(input, view(metadata));
    const decoding = { input, value: view(value), names, budget: value.length, depth: 0 };
    return new VariantValue(value, metadata, decode(decoding, 0));
  },
  write(output, variant) {
    if (!(variant instanceof VariantValue))
      throw cannotEncode('VariantSerializer', 'a VariantValue', variant);
    output.writeInt(variant.value.length);
    output.writeInt(variant.metadata.length);
    output.writeBytes(variant.value);
    output.writeBytes(variant.metadata);
  },
  skip: (input) => void readParts(input),
};

function readParts(input: DataInputView): [Uint8Array, Uint8Array] {
  const valueLength = input.readCount(KIND);
  const metadataLength = input.readCount(KIND);
  return [input.readBytes(valueLength, KIND).slice(), input.readBytes(metadataLength, KIND).slice()];
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bad(input: DataInputView, reason: string): Error {
  return input.error('BAD_VALUE', KIND, reason, 0);
}

/** An unsigned number of `size` (1 to 4) bytes. */
function unsigned(input: DataInputView, data: DataView, at: number, size: number): number {
  if (at < 0 || at + size > data.byteLength) {
    throw bad(input, `an offset points to ${at} but there are ${data.byteLength} bytes`);
  }
  let value = 0;
  for (let i = 0; i < size; i++) value += data.getUint8(at + i) * 2 ** (8 * i);
  return value;
}

function text(input: DataInputView, data: DataView, at: number, length: number): string {
  if (at + length > data.byteLength) {
    throw bad(input, `a text of ${length} bytes at ${at} does not fit into ${data.byteLength} bytes`);
  }
  const decoded = decodeUtf8(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    data,
    at,
    at + length,
  );
  if (decoded === undefined) throw bad(input, `the text at ${at} is not UTF-8`);
  return decoded;
}

/** Header (version in 4 bits, size of offsets in 2), number of names, offsets, the names. */
function metadataNames(input: DataInputView, data: DataView): string[] {
  const header = unsigned(input, data, 0, 1);
  if ((header & 0x0f) !== 1) throw bad(input, `metadata version ${header & 0x0f} is found but 1 is expected`);
  const size = (header >> 6) + 1;
  const count = unsigned(input, data, 1, size);
  if ((count + 2) * size >= data.byteLength) {
    throw bad(input, `${count} names cannot fit into the ${data.byteLength} bytes of the metadata`);
  }
  const start = 1 + (count + 2) * size;
  const offset = (i: number): number => unsigned(input, data, 1 + (i + 1) * size, size);
  return Array.from({ length: count }, (_, i) => {
    const from = offset(i);
    return text(input, data, start + from, Math.max(offset(i + 1) - from, 0));
  });
}

function decode(decoding: Decoding, at: number): unknown {
  const { input, value } = decoding;
  if (decoding.budget-- <= 0)
    throw bad(input, `there are more values than the ${value.byteLength} bytes can hold`);
  const header = unsigned(input, value, at, 1);
  const info = header >> 2;
  switch (header & 3) {
    case SHORT_STRING:
      return text(input, value, at + 1, info);
    case OBJECT:
      return nested(decoding, () => decodeObject(decoding, at, info));
    case ARRAY:
      return nested(decoding, () => decodeArray(decoding, at, info));
    default:
      return decodePrimitive(decoding, at + 1, info);
  }
}

function nested(decoding: Decoding, read: () => unknown): unknown {
  if (decoding.depth++ >= MAX_DEPTH) {
    throw decoding.input.error('TOO_DEEP', KIND, `nesting goes deeper than ${MAX_DEPTH} levels`, 0);
  }
  const value = read();
  decoding.depth--;
  return value;
}

/** Size, ids of the names, offsets of the values, values. */
function decodeObject(decoding: Decoding, at: number, info: number): RecordValue {
  const { input, value, names } = decoding;
  const sizeBytes = info & 0x10 ? 4 : 1;
  const idSize = ((info >> 2) & 3) + 1;
  const offsetSize = (info & 3) + 1;
  const size = unsigned(input, value, at + 1, sizeBytes);
  const ids = at + 1 + sizeBytes;
  const offsets = ids + size * idSize;
  const data = offsets + (size + 1) * offsetSize;
  unsigned(input, value, data - 1, 1);
  const fields: unknown[] = [];
  const found: string[] = [];
  for (let i = 0; i < size; i++) {
    const id = unsigned(input, value, ids + i * idSize, idSize);
    if (id >= names.length) throw bad(input, `name ${id} is used but the metadata has ${names.length}`);
    found.push(names[id]!);
    fields.push(decode(decoding, data + unsigned(input, value, offsets + i * offsetSize, offsetSize)));
  }
  return new RecordValue({ className: undefined, names: found }, fields);
}

/** Size, offsets, values. */
function decodeArray(decoding: Decoding, at: number, info: number): unknown[] {
  const { input, value } = decoding;
  const sizeBytes = info & 4 ? 4 : 1;
  const offsetSize = (info & 3) + 1;
  const size = unsigned(input, value, at + 1, sizeBytes);
  const offsets = at + 1 + sizeBytes;
  const data = offsets + (size + 1) * offsetSize;
  unsigned(input, value, data - 1, 1);
  const elements: unknown[] = [];
  for (let i = 0; i < size; i++) {
    elements.push(decode(decoding, data + unsigned(input, value, offsets + i * offsetSize, offsetSize)));
  }
  return elements;
}

type Primitive = (value: DataView, at: number) => unknown;

/** By type number: how many bytes it takes, and what they are. Binary and long string follow below. */
const PRIMITIVES: readonly (readonly [number, Primitive])[] = [
  [0, () => null],
  [0, () => true],
  [0, () => false],
  [1, (value, at) => value.getInt8(at)],
  [2, (value, at) => value.getInt16(at, true)],
  [4, (value, at) => value.getInt32(at, true)],
  [8, (value, at) => value.getBigInt64(at, true)],
  [8, (value, at) => value.getFloat64(at, true)],
  [5, (value, at) => new BigDecimalValue(BigInt(value.getInt32(at + 1, true)), value.getUint8(at))],
  [9, (value, at) => new BigDecimalValue(value.getBigInt64(at + 1, true), value.getUint8(at))],
  [17, (value, at) => new BigDecimalValue(int128(value, at + 1), value.getUint8(at))],
  [4, (value, at) => dateOfDay(value.getInt32(at, true))],
  [8, (value, at) => instantOf(value.getBigInt64(at, true))],
  [8, (value, at) => localOf(value.getBigInt64(at, true))],
  [4, (value, at) => value.getFloat32(at, true)],
];
const BINARY = 15;
const LONG_STRING = 16;

function decodePrimitive({ input, value }: Decoding, at: number, type: number): unknown {
  if (type === LONG_STRING) return text(input, value, at + 4, unsigned(input, value, at, 4));
  if (type === BINARY) {
    const length = unsigned(input, value, at, 4);
    if (at + 4 + length > value.byteLength) throw bad(input, `${length} bytes at ${at} do not fit`);
    return new Uint8Array(value.buffer, value.byteOffset + at + 4, length).slice();
  }
  const primitive = PRIMITIVES[type];
  if (primitive === undefined) throw bad(input, `type ${type} is found but 0 to ${LONG_STRING} are expected`);
  if (primitive[0] > 0) unsigned(input, value, at + primitive[0] - 1, 1);
  return primitive[1](value, at);
}

function int128(value: DataView, at: number): bigint {
  return (value.getBigInt64(at + 8, true) << 64n) | value.getBigUint64(at, true);
}

function instantOf(micros: bigint): InstantValue {
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return new InstantValue((micros - rest) / 1_000_000n, Number(rest) * 1000);
}

function localOf(micros: bigint): TimestampDataValue {
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  return new TimestampDataValue((micros - rest) / 1000n, Number(rest) * 1000);
}
