import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import { stringHash } from './java-hash.js';

/*
 *     varint length          charCount + 1; 0 is null; low 7 bits first, 0x80 = more follow
 *     charCount x varint     one UTF-16 unit each, 1 to 3 bytes
 *
 * Follows `org.apache.flink.types.StringValue#readString` and `#writeString`, Flink 1.20.
 */

const KIND = 'StringValue';
/** Strings up to here are made from their units at once; `apply` takes no more than some ten thousand arguments. */
const CHUNK = 4096;

/** Reads a Flink string; null for length 0. */
export function readString(input: DataInputView): string | null {
  const first = input.readUnsignedByte(KIND);
  if (first === 0) return null;
  return readChars(input, (first < 0x80 ? first : readLength(input, first)) - 1);
}

function readChars(input: DataInputView, length: number): string {
  const start = input.pos;
  input.need(length, KIND);
  const bytes = input.bytes;
  const end = start + length;
  let p = start;
  while (p < end && bytes[p]! < 0x80) p++;
  if (p < end) return readUnits(input, length);
  input.pos = end;
  return asciiText(bytes, start, end);
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let p = start; p < end; p += CHUNK) {
    text += String.fromCharCode.apply(
      null,
      bytes.subarray(p, Math.min(p + CHUNK, end)) as unknown as number[],
    );
  }
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
  let text = '';
  const units: number[] = [];
  for (let i = 0; i < length; i++) {
    units.push(readUnit(input));
    if (units.length === CHUNK) {
      text += String.fromCharCode.apply(null, units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode.apply(null, units);
}

function readUnit(input: DataInputView): number {
  const a = input.readUnsignedByte(KIND);
  if (a < 0x80) return a;
  const b = input.readUnsignedByte(KIND);
  if (b < 0x80) return (a & 0x7f) | (b << 7);
  const c = input.readUnsignedByte(KIND);
  if (c > 3) throw input.error('BAD_VALUE', KIND, `a character beyond 65535 is found`, 0);
  return (a & 0x7f) | ((b & 0x7f) << 7) | (c << 14);
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
