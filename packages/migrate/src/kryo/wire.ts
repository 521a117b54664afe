import { Buffer } from 'node:buffer';
import type { DataInputView } from '@statewright/bytes';

const KIND = 'Kryo value';

/*
 * The elements of Kryo's streams: `com.esotericsoftware.kryo.io.Input`, Kryo 2.24 and 5.6. Both write the same variable
 * length integers and strings; numbers of fixed length are big-endian in Kryo 2 and little-endian in Kryo 5.
 */

/** LEB128 of 1 to 5 bytes as a signed 32-bit number: `readVarInt(true)`. */
export function readVarInt(input: DataInputView): number {
  const start = input.pos;
  const first = input.readUnsignedByte(KIND);
  if (first < 0x80) return first;
  let result = first & 0x7f;
  for (let shift = 7; shift < 35; shift += 7) {
    const byte = input.readUnsignedByte(KIND);
    if (shift === 28 && byte > 0x0f) {
      input.pos = start;
      throw input.error('BAD_VALUE', KIND, 'a number of 5 bytes has more than 32 bits', 5);
    }
    result |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return result;
}

/** A zig-zag 32-bit number: `readVarInt(false)`. */
export function readZigZagInt(input: DataInputView): number {
  const value = readVarInt(input);
  return (value >>> 1) ^ -(value & 1);
}

/** LEB128 of 1 to 9 bytes, the ninth with 8 bits, as a signed 64-bit number: `readVarLong(true)`. */
export function readVarLong(input: DataInputView): bigint {
  const low = readLow(input);
  return low.more ? BigInt.asIntN(64, readHigh(input, low.value)) : BigInt(low.value);
}

/** A zig-zag 64-bit number: `readVarLong(false)`. */
export function readZigZagLong(input: DataInputView): bigint {
  const { value, more } = readLow(input);
  if (!more) return BigInt(value % 2 === 0 ? value / 2 : -(value + 1) / 2);
  const whole = BigInt.asUintN(64, readHigh(input, value));
  return BigInt.asIntN(64, (whole >> 1n) ^ -(whole & 1n));
}

/** The first 7 bytes, of 49 bits: as many as a double holds. */
function readLow(input: DataInputView): { value: number; more: boolean } {
  let value = 0;
  for (let factor = 1; factor < 2 ** 49; factor *= 128) {
    const byte = input.readUnsignedByte(KIND);
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, more: false };
  }
  return { value, more: true };
}

/** The eighth and the ninth byte above the first 49 bits. */
function readHigh(input: DataInputView, low: number): bigint {
  const eighth = input.readUnsignedByte(KIND);
  const result = BigInt(low) | (BigInt(eighth & 0x7f) << 49n);
  return eighth < 0x80 ? result : result | (BigInt(input.readUnsignedByte(KIND)) << 56n);
}

/** One byte, 0 or 1. Kryo never writes another one. */
export function readBoolean(input: DataInputView): boolean {
  const byte = input.readUnsignedByte(KIND);
  if (byte <= 1) return byte === 1;
  input.pos--;
  throw input.error('BAD_VALUE', KIND, `byte ${byte} is found where a boolean is 0 or 1`);
}

/** A number of things of at least one byte each, checked against the bytes that are left. */
export function readSize(input: DataInputView, bytesEach = 1): number {
  const start = input.pos;
  const size = readVarInt(input);
  return checkSize(input, start, size, bytesEach);
}

/** As `readSize`, of a size that has been read; `start` is where. */
export function checkSize(input: DataInputView, start: number, size: number, bytesEach = 1): number {
  if (size >= 0 && size * bytesEach <= input.remaining) return size;
  const left = input.remaining;
  const length = input.pos - start;
  input.pos = start;
  const reason =
    size < 0 ? `size ${size} is negative` : `size ${size} cannot fit into the ${left} bytes left`;
  throw input.error('BAD_LENGTH', KIND, reason, length);
}

/** A flag in bit 7 and a number: 6 bits and bit 6 for more, then LEB128. `readVarIntFlag`, and the length of a string. */
export function readFlaggedInt(input: DataInputView): { flag: boolean; value: number } {
  const first = input.readUnsignedByte(KIND);
  const flag = first >= 0x80;
  let value = first & 0x3f;
  if ((first & 0x40) === 0) return { flag, value };
  for (let shift = 6; shift < 34; shift += 7) {
    const byte = input.readUnsignedByte(KIND);
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return { flag, value };
}

/** A text, or null: ASCII up to a byte with bit 7, or flagged, the number of UTF-16 units plus 1, and 1 to 3 bytes a unit. */
export function readString(input: DataInputView): string | null {
  const start = input.pos;
  if (input.readUnsignedByte(KIND) < 0x80) return readAscii(input, start);
  input.pos = start;
  const { value } = readFlaggedInt(input);
  if (value === 0) return null;
  const length = checkSize(input, start, value - 1);
  return readUnits(input, length);
}

/** A text that is never null where a text must be. */
export function readText(input: DataInputView): string {
  const start = input.pos;
  const text = readString(input);
  if (text !== null) return text;
  input.pos = start;
  throw input.error('BAD_VALUE', KIND, 'null is found where a text must be');
}

function readAscii(input: DataInputView, start: number): string {
  const { bytes } = input;
  let end = start;
  while (end < input.limit && bytes[end]! < 0x80) end++;
  input.pos = end;
  input.need(1, KIND);
  input.pos = end + 1;
  return latin(bytes, start, end) + String.fromCharCode(bytes[end]! & 0x7f);
}

const CHUNK = 4096;
/** Bytes up to which a loop is faster than a call. */
const SHORT = 24;

function latin(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT) {
    return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  }
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}

function readUnits(input: DataInputView, length: number): string {
  let text = '';
  let units: number[] = [];
  for (let i = 0; i < length; i++) {
    units.push(readUnit(input));
    if (units.length < CHUNK) continue;
    text += String.fromCharCode(...units);
    units = [];
  }
  return text + String.fromCharCode(...units);
}

/** One UTF-16 unit, in UTF-8's pattern for 1 to 3 bytes; halves of surrogate pairs are units like others. */
function readUnit(input: DataInputView): number {
  const first = input.readUnsignedByte(KIND);
  if (first < 0x80) return first;
  if (first >> 5 === 0b110) return ((first & 0x1f) << 6) | readTail(input);
  if (first >> 4 === 0b1110) {
    const middle = readTail(input);
    return ((first & 0x0f) << 12) | (middle << 6) | readTail(input);
  }
  input.pos--;
  throw input.error('BAD_VALUE', KIND, `byte ${first} begins no character of a text`);
}

function readTail(input: DataInputView): number {
  const byte = input.readUnsignedByte(KIND);
  if (byte >> 6 === 0b10) return byte & 0x3f;
  input.pos--;
  throw input.error('BAD_VALUE', KIND, `byte ${byte} continues no character of a text`);
}
