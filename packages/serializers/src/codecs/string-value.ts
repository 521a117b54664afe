import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { stringHash } from './java-hash.js';
import { decodeAscii, UNIT_CHUNK, units, unitText } from './utf16.js';

/*
 *     varint length          charCount + 1; 0 is null; low 7 bits first, 0x80 = more follow
 *     charCount x varint     one UTF-16 unit each, 1 to 3 bytes
 *
 * Follows `org.apache.flink.types.StringValue#readString` and `#writeString`, Flink 1.20.
 */

const KIND = 'StringValue';
/** Up to here units are made into a string as arguments. */
const SHORT = 48;
/** Reads a Flink string; null for length 0. */
export function readString(input: DataInputView): string | null {
  const first = input.readUnsignedByte(KIND);
  if (first === 0) return null;
  return readChars(input, (first < 0x80 ? first : readLength(input, first)) - 1);
}

function readChars(input: DataInputView, length: number): string {
  const start = input.pos;
  const end = start + length;
  if (end > input.limit) input.need(length, KIND);
  const text = decodeAscii(input.bytes, input.data, start, end);
  if (text === undefined) return readUnits(input, length);
  input.pos = end;
  return text;
}

function readLength(input: DataInputView, first: number): number {
  let length = first & 0x7f;
  for (let shift = 7; ; shift += 7) {
    const byte = input.readUnsignedByte(KIND);
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
    if (shift >= 28) throw badVarint(input, 'length', 5);
  }
  if (length === 0 || length > 0x7fffffff) {
    throw input.error('BAD_LENGTH', KIND, `length ${length - 1} is not that of a string`, 0);
  }
  return length;
}

function badVarint(input: DataInputView, what: string, most: number): Error {
  return input.error('BAD_VALUE', KIND, `the ${what} takes more than the ${most} bytes that it may`, 0);
}

function readUnits(input: DataInputView, length: number): string {
  if (length <= SHORT) return readShort(input, length);
  let text = '';
  for (let left = length; left > 0; left -= UNIT_CHUNK)
    text += readUnitChunk(input, Math.min(left, UNIT_CHUNK));
  return text;
}

/** Few units are put together faster as arguments than through memory. */
function readShort(input: DataInputView, count: number): string {
  const chars = new Array<number>(count);
  for (let i = 0; i < count; i++) {
    const a = input.readUnsignedByte(KIND);
    if (a < 0x80) {
      chars[i] = a;
      continue;
    }
    const b = input.readUnsignedByte(KIND);
    const low = (a & 0x7f) | ((b & 0x7f) << 7);
    chars[i] = b < 0x80 ? low : low | (lastBits(input, input.readUnsignedByte(KIND)) << 14);
  }
  return String.fromCharCode.apply(null, chars);
}

function readUnitChunk(input: DataInputView, count: number): string {
  const { bytes, limit } = input;
  let p = input.pos;
  for (let i = 0; i < count; i++) {
    let unit = p < limit ? bytes[p++]! : throwTruncated(input);
    if (unit >= 0x80) {
      const next = p < limit ? bytes[p++]! : throwTruncated(input);
      unit = (unit & 0x7f) | ((next & 0x7f) << 7);
      if (next >= 0x80) unit |= (p < limit ? lastBits(input, bytes[p++]!) : throwTruncated(input)) << 14;
    }
    units[2 * i] = unit & 0xff;
    units[2 * i + 1] = unit >> 8;
  }
  input.pos = p;
  return unitText(count);
}

/** A unit has 16 bits, so its third byte has two. */
function lastBits(input: DataInputView, byte: number): number {
  if (byte > 3) throw input.error('BAD_VALUE', KIND, 'a character is beyond 65535', 0);
  return byte;
}

function throwTruncated(input: DataInputView): never {
  throw input.error('TRUNCATED', KIND, `the string does not end within the ${input.remaining} bytes left`, 0);
}

/** The inverse of `readString`. */
export function writeString(output: DataOutputView, value: unknown): void {
  if (value === null) {
    output.writeByte(0);
    return;
  }
  if (typeof value !== 'string') throw cannotEncode(KIND, 'a string', value);
  writeVarint(output, value.length + 1);
  writeChars(output, value);
}

function writeChars(output: DataOutputView, value: string): void {
  for (let i = 0; i < value.length; i++) writeVarint(output, value.charCodeAt(i));
}

function writeVarint(output: DataOutputView, value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    output.writeByte(rest | 0x80);
    rest >>>= 7;
  }
  output.writeByte(rest);
}

/** Moves past a Flink string. */
export function skipString(input: DataInputView): void {
  const first = input.readUnsignedByte(KIND);
  if (first !== 0) skipChars(input, (first < 0x80 ? first : readLength(input, first)) - 1);
}

function skipChars(input: DataInputView, length: number): void {
  input.need(length, KIND);
  const { bytes, limit } = input;
  let p = input.pos;
  for (let i = 0; i < length; i++) {
    while (p < limit && bytes[p]! >= 0x80) p++;
    p++;
  }
  if (p > limit) input.need(p - input.pos, KIND);
  input.pos = p;
}

/** `StringSerializer`. */
export const STRING: Codec = {
  length: -1,
  delimited: true,
  minLength: 1,
  read: readString,
  write: writeString,
  skip: skipString,
  hash: (value) => (typeof value === 'string' ? stringHash(value) : 0),
};

/**
 * `StringValueSerializer`: as a string, but the length is the number of characters itself, so there is no null.
 * Follows the instance methods `StringValue#read` and `#write`, Flink 1.20.
 */
export const STRING_VALUE: Codec = {
  length: -1,
  delimited: true,
  minLength: 1,
  read: (input) => readChars(input, readPlainLength(input)),
  write(output, value) {
    if (typeof value !== 'string') throw cannotEncode(KIND, 'a string', value);
    writeVarint(output, value.length);
    writeChars(output, value);
  },
  skip: (input) => skipChars(input, readPlainLength(input)),
  hash: STRING.hash!,
};

function readPlainLength(input: DataInputView): number {
  const first = input.readUnsignedByte(KIND);
  return first < 0x80 ? first : readLength(input, first);
}
