import { TimeValues } from '@statewright/serializers';
import { epochDayOf } from '../../types/fit/civil.js';
import { type At, type JsonReader, membersOf, misfit, type ReaderMaker, tagged } from './reader.js';

const {
  DateValue,
  SqlDateValue,
  SqlTimeValue,
  SqlTimestampValue,
  InstantValue,
  LocalDateValue,
  LocalTimeValue,
  LocalDateTimeValue,
  TimestampDataValue,
} = TimeValues;

const DATE = /^([+-]?\d{4,10})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

type Day = InstanceType<typeof LocalDateValue>;
type Clock = InstanceType<typeof LocalTimeValue>;

function dateOf(text: string): Day | undefined {
  const [year, month, day] = (DATE.exec(text) ?? []).slice(1).map(Number);
  if (year === undefined || month! < 1 || month! > 12 || day! < 1 || day! > DAYS_IN_MONTH[month! - 1]!) {
    return undefined;
  }
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && day === 29 && !leap ? undefined : new LocalDateValue(year, month!, day!);
}

function clockOf(text: string): Clock | undefined {
  const [, hour, minute, second = '0', fraction = ''] = TIME.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return new LocalTimeValue(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(9, '0')));
}

/** A date and a time with `T` between them. */
function dateTimeOf(text: string): { readonly date: Day; readonly time: Clock } | undefined {
  const split = text.indexOf('T');
  const date = split < 0 ? undefined : dateOf(text.slice(0, split));
  const time = split < 0 ? undefined : clockOf(text.slice(split + 1));
  return date === undefined || time === undefined ? undefined : { date, time };
}

interface Moment {
  readonly seconds: bigint;
  readonly nanos: number;
}

/** Seconds since the epoch of a date and a time of UTC. */
function momentOf(text: string): Moment | undefined {
  const found = dateTimeOf(text);
  if (found === undefined) return undefined;
  const { hour, minute, second, nano } = found.time;
  const ofDay = hour * 3600 + minute * 60 + second;
  return { seconds: BigInt(epochDayOf(found.date)) * 86_400n + BigInt(ofDay), nanos: nano };
}

function momentOfDate(date: Date): Moment | undefined {
  const millis = date.getTime();
  if (Number.isNaN(millis)) return undefined;
  const seconds = Math.floor(millis / 1000);
  return { seconds: BigInt(seconds), nanos: (millis - seconds * 1000) * 1_000_000 };
}

/** ISO 8601 in UTC, or a timestamp of CEL. */
export function instantOf(json: unknown): Moment | undefined {
  if (json instanceof Date) return momentOfDate(json);
  return typeof json === 'string' && json.endsWith('Z') ? momentOf(json.slice(0, -1)) : undefined;
}

function textOf(json: unknown, tag: string): unknown {
  return typeof json === 'string' ? json : tagged(json, tag);
}

function local<V>(tag: string, expected: string, parse: (text: string) => V | undefined): JsonReader {
  return (json, at) => {
    const text = textOf(json, tag);
    const value = typeof text === 'string' ? parse(text) : undefined;
    if (value !== undefined) return value;
    throw misfit(at, json, expected);
  };
}

const instant: JsonReader = (json, at) => {
  if (json instanceof InstantValue) return json;
  const moment = instantOf(json instanceof Date ? json : textOf(json, 'instant'));
  if (moment !== undefined) return new InstantValue(moment.seconds, moment.nanos);
  throw misfit(at, json, 'an instant such as "2026-01-31T12:00:00Z"');
};

const date: JsonReader = (json, at) => {
  if (json instanceof DateValue) return json;
  const moment = instantOf(json instanceof Date ? json : textOf(json, 'date'));
  if (moment !== undefined && moment.nanos % 1_000_000 === 0) {
    return new DateValue(moment.seconds * 1000n + BigInt(moment.nanos / 1_000_000));
  }
  throw misfit(at, json, 'a date such as "2026-01-31T12:00:00Z", in milliseconds');
};

/** SQL's TIMESTAMP: a date and a time without a zone, with nanoseconds. */
const timestamp: JsonReader = (json, at) => {
  const text = textOf(json, 'timestamp');
  const moment =
    json instanceof Date ? momentOfDate(json) : typeof text === 'string' ? momentOf(text) : undefined;
  if (moment === undefined) throw misfit(at, json, 'a timestamp such as "2026-01-31T12:00"');
  const millis = Math.floor(moment.nanos / 1_000_000);
  return new TimestampDataValue(moment.seconds * 1000n + BigInt(millis), moment.nanos - millis * 1_000_000);
};

/** `{"Date": milliseconds}` and its like. */
function sqlMillis(tag: string, make: (millis: bigint) => unknown): JsonReader {
  return (json, at) => {
    const millis = millisOf(tagged(json, tag));
    if (millis !== undefined) return make(millis);
    throw misfit(at, json, `{"${tag}": milliseconds}`);
  };
}

/** Milliseconds as `json-mapping` writes a long. */
export function millisOf(json: unknown): bigint | undefined {
  if (typeof json === 'bigint') return json;
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : undefined;
  return typeof json === 'string' && /^-?\d{1,19}$/.test(json) ? BigInt(json) : undefined;
}

function sqlTimestamp(json: unknown, at: At): unknown {
  const members = membersOf(json);
  const [millis, nanos] = [millisOf(members?.get('Timestamp')), millisOf(members?.get('nanos'))];
  if (
    members?.size === 2 &&
    millis !== undefined &&
    nanos !== undefined &&
    nanos >= 0n &&
    nanos < 10n ** 9n
  ) {
    return new SqlTimestampValue(millis, Number(nanos));
  }
  throw misfit(at, json, '{"Timestamp": milliseconds, "nanos": 0 to 999999999}');
}

function always(reader: JsonReader): ReaderMaker {
  return () => reader;
}

/** Readers of dates and times, by the word of their type. */
export const TIME_READERS: { readonly [type: string]: ReaderMaker } = {
  instant: always(instant),
  date: always(date),
  timestamp: always(timestamp),
  'sql-date': always(sqlMillis('Date', (millis) => new SqlDateValue(millis))),
  'sql-time': always(sqlMillis('Time', (millis) => new SqlTimeValue(millis))),
  'sql-timestamp': always(sqlTimestamp),
  'local-date': always(local('local-date', 'a date such as "2026-01-31"', dateOf)),
  'local-time': always(local('local-time', 'a time such as "12:30:00"', clockOf)),
  'local-date-time': always(
    local('local-date-time', 'a date and time such as "2026-01-31T12:30"', (text) => {
      const found = dateTimeOf(text);
      return found && new LocalDateTimeValue(found.date, found.time);
    }),
  ),
};
