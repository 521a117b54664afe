import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { Codec } from '../model.js';
import { cannotEncode } from '../opaque.js';
import {
  DateValue,
  InstantValue,
  LocalDateTimeValue,
  LocalDateValue,
  LocalTimeValue,
  SqlDateValue,
  SqlTimestampValue,
  SqlTimeValue,
} from '../values.js';
import { longHash } from './java-hash.js';

/*
 * Follow the serializers of `org.apache.flink.api.common.typeutils.base`, Flink 1.20. Null is a number that no value
 * has: the type's minimum.
 */

const NULL_LONG = -(2n ** 63n);
const NULL_INT = -(2 ** 31);
const NULL_SHORT = -(2 ** 15);
const NULL_BYTE = -128;
/** `Instant.MIN` and `Instant.MAX`. */
const MIN_INSTANT = -31_557_014_167_219_200n;
const MAX_INSTANT = 31_556_889_864_403_199n;
/** `Year.MAX_VALUE` and its negative. */
const MAX_YEAR = 999_999_999;

type ValueClass<V> = abstract new (...args: never[]) => V;

function timeCodec<V extends object>(
  length: number,
  type: ValueClass<V>,
  read: (input: DataInputView) => V | null,
  write: (output: DataOutputView, value: V | null) => void,
  hash: (value: V) => number,
): Codec {
  return {
    length,
    delimited: true,
    read,
    write(output, value) {
      if (value !== null && !(value instanceof type)) throw cannotEncode(type.name, `a ${type.name}`, value);
      write(output, value as V | null);
    },
    skip: (input) => input.skip(length),
    hash: (value) => (value instanceof type ? hash(value) : 0),
  };
}

/** The number when it is within its range, both ends included; BAD_VALUE when not, as Java's classes refuse it, too. */
function ranged(input: DataInputView, value: number, first: number, last: number, kind: string): number {
  if (value >= first && value <= last) return value;
  throw input.error('BAD_VALUE', kind, `${value} is found but ${first} to ${last} is expected`, 0);
}

/** Nanoseconds of a second. */
function readNanos(input: DataInputView, kind: string): number {
  return ranged(input, input.readInt(kind), 0, 999_999_999, kind);
}

/** `i64 millis`. */
function millisCodec<V extends { readonly millis: bigint }>(type: new (millis: bigint) => V): Codec {
  return timeCodec<V>(
    8,
    type,
    (input) => {
      const millis = input.readLong();
      return millis === NULL_LONG ? null : new type(millis);
    },
    (output, value) => output.writeLong(value === null ? NULL_LONG : value.millis),
    (value) => longHash(value.millis),
  );
}

export const DATE = millisCodec(DateValue);
export const SQL_DATE = millisCodec(SqlDateValue);
export const SQL_TIME = millisCodec(SqlTimeValue);

/**
 * `i64 getTime(), i32 nanos`; null is the minimum and 0. Flink's own reader leaves the nanos of a null unread; they
 * are written, so they belong to the value.
 */
export const SQL_TIMESTAMP = timeCodec<SqlTimestampValue>(
  12,
  SqlTimestampValue,
  (input) => {
    const millis = input.readLong();
    const nanos = readNanos(input, 'Timestamp');
    return millis === NULL_LONG ? null : new SqlTimestampValue(millis, nanos);
  },
  (output, value) => {
    output.writeLong(value === null ? NULL_LONG : value.millis);
    output.writeInt(value === null ? 0 : value.nanos);
  },
  (value) => longHash(value.millis),
);

/** `i64 seconds, i32 nanos`; null is both minimums. */
export const INSTANT = timeCodec<InstantValue>(
  12,
  InstantValue,
  (input) => {
    const seconds = input.readLong();
    const nanos = input.readInt('Instant');
    if (seconds === NULL_LONG && nanos === NULL_INT) return null;
    if (seconds < MIN_INSTANT || seconds > MAX_INSTANT) {
      const reason = `second ${seconds} is found but ${MIN_INSTANT} to ${MAX_INSTANT} is expected`;
      throw input.error('BAD_VALUE', 'Instant', reason, 0);
    }
    return new InstantValue(seconds, ranged(input, nanos, 0, 999_999_999, 'Instant'));
  },
  (output, value) => {
    output.writeLong(value === null ? NULL_LONG : value.seconds);
    output.writeInt(value === null ? NULL_INT : value.nanos);
  },
  (value) => (longHash(value.seconds) + Math.imul(51, value.nanos)) | 0,
);

/** `i32 year, i8 month, i8 day`; null is two minimums. */
function readLocalDate(input: DataInputView): LocalDateValue | null {
  input.need(6, 'LocalDate');
  const year = input.readInt();
  if (year === NULL_INT) {
    input.skip(2);
    return null;
  }
  ranged(input, year, -MAX_YEAR, MAX_YEAR, 'year');
  const month = ranged(input, input.readByte(), 1, 12, 'month');
  return new LocalDateValue(
    year,
    month,
    ranged(input, input.readByte(), 1, daysOf(year, month), 'day of month'),
  );
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

function writeLocalDate(output: DataOutputView, value: LocalDateValue | null): void {
  if (value === null) {
    output.writeInt(NULL_INT);
    output.writeShort(NULL_SHORT);
    return;
  }
  output.writeInt(value.year);
  output.writeByte(value.month);
  output.writeByte(value.day);
}

/** `LocalDate#hashCode`. */
function localDateHash({ year, month, day }: LocalDateValue): number {
  return (year & 0xfffff800) ^ (((year << 11) + (month << 6) + day) | 0);
}

/** `i8 hour, i8 minute, i8 second, i32 nano`; null is three minimums. */
function readLocalTime(input: DataInputView): LocalTimeValue | null {
  input.need(7, 'LocalTime');
  const hour = input.readByte();
  if (hour === NULL_BYTE) {
    input.skip(6);
    return null;
  }
  ranged(input, hour, 0, 23, 'hour');
  const minute = ranged(input, input.readByte(), 0, 59, 'minute');
  return new LocalTimeValue(
    hour,
    minute,
    ranged(input, input.readByte(), 0, 59, 'second'),
    readNanos(input, 'LocalTime'),
  );
}

function writeLocalTime(output: DataOutputView, value: LocalTimeValue | null): void {
  if (value === null) {
    output.writeByte(NULL_BYTE);
    output.writeShort(NULL_SHORT);
    output.writeInt(NULL_INT);
    return;
  }
  output.writeByte(value.hour);
  output.writeByte(value.minute);
  output.writeByte(value.second);
  output.writeInt(value.nano);
}

/** `LocalTime#hashCode`: that of the nanoseconds of the day as a long. */
function localTimeHash({ hour, minute, second, nano }: LocalTimeValue): number {
  return longHash(BigInt(hour * 3600 + minute * 60 + second) * 1_000_000_000n + BigInt(nano));
}

export const LOCAL_DATE = timeCodec(6, LocalDateValue, readLocalDate, writeLocalDate, localDateHash);
export const LOCAL_TIME = timeCodec(7, LocalTimeValue, readLocalTime, writeLocalTime, localTimeHash);

/** A date and a time; null when the date is. */
export const LOCAL_DATE_TIME = timeCodec<LocalDateTimeValue>(
  13,
  LocalDateTimeValue,
  (input) => {
    const date = readLocalDate(input);
    const time = readLocalTime(input);
    if ((date === null) !== (time === null)) {
      throw input.error('BAD_VALUE', 'LocalDateTime', 'one of date and time is null and the other is not', 0);
    }
    return date === null || time === null ? null : new LocalDateTimeValue(date, time);
  },
  (output, value) => {
    writeLocalDate(output, value === null ? null : value.date);
    writeLocalTime(output, value === null ? null : value.time);
  },
  ({ date, time }) => localDateHash(date) ^ localTimeHash(time),
);
