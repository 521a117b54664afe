import {
  type LocalDateTimeValue,
  type LocalDateValue,
  type LocalTimeValue,
  TimeValues,
  toJson,
} from '@statewright/serializers';
import type { ObjectGraph } from '../object-graph.js';
import { checkRange } from './body.js';
import { durationText, monthDayText, offsetText, periodText, yearMonthText } from './time-text.js';

/*
 * Decoded forms of java.time's values from their parts, whichever generation they come from. What has no decoded form of
 * its own is a text, as `toString` prints it.
 */

const MAX_NANOS = 999_999_999;
const MAX_YEAR = 999_999_999;
const MAX_OFFSET = 18 * 3600;
/** Seconds of the first and the last `Instant`. */
const INSTANTS = [-31_557_014_167_219_200n, 31_556_889_864_403_199n] as const;

/** `Instant`: seconds since the epoch. */
export function makeInstant(graph: ObjectGraph, seconds: bigint, nanos: number): unknown {
  checkNanos(graph, nanos);
  if (seconds < INSTANTS[0] || seconds > INSTANTS[1]) {
    throw graph.errorAt(graph.input.pos, 'BAD_VALUE', `second ${seconds} is in no Instant`);
  }
  return new TimeValues.InstantValue(seconds, nanos);
}

/** `LocalDate`: months and days from 1. */
export function makeDate(graph: ObjectGraph, year: number, month: number, day: number): LocalDateValue {
  checkRange(graph, 'year', year, -MAX_YEAR, MAX_YEAR);
  checkRange(graph, 'month', month, 1, 12);
  checkRange(graph, 'day', day, 1, 31);
  return new TimeValues.LocalDateValue(year, month, day);
}

/** `LocalTime`. */
export function makeTime(
  graph: ObjectGraph,
  hour: number,
  minute: number,
  second: number,
  nano: number,
): LocalTimeValue {
  checkRange(graph, 'hour', hour, 0, 23);
  checkRange(graph, 'minute', minute, 0, 59);
  checkRange(graph, 'second', second, 0, 59);
  checkNanos(graph, nano);
  return new TimeValues.LocalTimeValue(hour, minute, second, nano);
}

/** `LocalDateTime`. */
export function makeDateTime(date: LocalDateValue, time: LocalTimeValue): LocalDateTimeValue {
  return new TimeValues.LocalDateTimeValue(date, time);
}

/** `Duration`, as a text. */
export function makeDuration(graph: ObjectGraph, seconds: bigint, nanos: number): string {
  checkNanos(graph, nanos);
  return durationText(seconds, nanos);
}

/** `Period`, as a text. */
export function makePeriod(years: number, months: number, days: number): string {
  return periodText(years, months, days);
}

/** `ZoneOffset`, as a text. */
export function makeOffset(graph: ObjectGraph, totalSeconds: number): string {
  checkRange(graph, 'the offset in seconds', totalSeconds, -MAX_OFFSET, MAX_OFFSET);
  return offsetText(totalSeconds);
}

/** `Year`, as a text. */
export function makeYear(graph: ObjectGraph, year: number): string {
  checkRange(graph, 'year', year, -MAX_YEAR, MAX_YEAR);
  return String(year);
}

/** `YearMonth`, as a text. */
export function makeYearMonth(graph: ObjectGraph, year: number, month: number): string {
  checkRange(graph, 'year', year, -MAX_YEAR, MAX_YEAR);
  checkRange(graph, 'month', month, 1, 12);
  return yearMonthText(year, month);
}

/** `MonthDay`, as a text. */
export function makeMonthDay(graph: ObjectGraph, month: number, day: number): string {
  checkRange(graph, 'month', month, 1, 12);
  checkRange(graph, 'day', day, 1, 31);
  return monthDayText(month, day);
}

/** `OffsetTime` or `OffsetDateTime`, as a text: what is local, and behind it the offset. */
export function makeWithOffset(local: unknown, offset: string): string {
  return `${JSON.parse(toJson(local)) as string}${offset}`;
}

function checkNanos(graph: ObjectGraph, nanos: number): void {
  checkRange(graph, 'the number of nanoseconds', nanos, 0, MAX_NANOS);
}
