import { TimeValues } from '@statewright/serializers';
import { type Fit, Misfit } from './misfit.js';

const {
  DateValue,
  SqlDateValue,
  SqlTimeValue,
  SqlTimestampValue,
  InstantValue,
  LocalDateTimeValue,
  LocalDateValue,
} = TimeValues;

const NANOS_OF_MILLI = 1_000_000;
/** `java.time.Instant.MIN` and `MAX`, in seconds. */
const [FIRST_SECOND, LAST_SECOND] = [-31_557_014_167_219_200n, 31_556_889_864_403_199n];
/** `Long.MIN_VALUE` stands for null in the bytes of dates and timestamps. */
const NO_MILLIS = -(1n << 63n);

interface Moment {
  readonly seconds: bigint;
  /** Of the second. */
  readonly nanos: number;
}

/** The point in time that a value is; undefined for what is none. */
function momentOf(value: unknown): Moment | undefined {
  if (value instanceof InstantValue) return value;
  if (value instanceof SqlTimestampValue)
    return { seconds: floorDiv(value.millis, 1000n), nanos: value.nanos };
  if (value instanceof DateValue || value instanceof SqlDateValue || value instanceof SqlTimeValue) {
    return ofMillis(value.millis);
  }
  return typeof value === 'bigint' ? ofMillis(value) : undefined;
}

function ofMillis(millis: bigint): Moment {
  const seconds = floorDiv(millis, 1000n);
  return { seconds, nanos: Number(millis - seconds * 1000n) * NANOS_OF_MILLI };
}

function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return quotient * by > value ? quotient - 1n : quotient;
}

/** Milliseconds since the epoch of a point in time; what is finer does not fit, and the nearest is the one before. */
export function millisOf(value: unknown): bigint | Misfit {
  const moment = momentOf(value);
  if (moment === undefined) return new Misfit('which is not a number');
  const millis = moment.seconds * 1000n + BigInt(Math.floor(moment.nanos / NANOS_OF_MILLI));
  if (moment.nanos % NANOS_OF_MILLI === 0) return millis;
  return new Misfit('which is finer than a millisecond', millis);
}

/** As `millisOf`, in microseconds. */
export function microsOf(value: unknown): bigint | Misfit {
  const moment = momentOf(value);
  if (moment === undefined) return new Misfit('which is no point in time');
  if (moment.nanos % 1000 !== 0) return new Misfit('which is finer than a microsecond');
  return moment.seconds * 1_000_000n + BigInt(moment.nanos / 1000);
}

function inMillis(make: (millis: bigint) => unknown): Fit {
  return (value) => {
    const millis = typeof value === 'number' ? BigInt(value) : millisOf(value);
    const whole = millis instanceof Misfit ? (millis.nearest as bigint | undefined) : millis;
    if (whole === undefined || whole <= NO_MILLIS || BigInt.asIntN(64, whole) !== whole) {
      return new Misfit('which is no time in milliseconds of 64 bits');
    }
    return millis instanceof Misfit ? new Misfit(millis.why, make(whole)) : make(whole);
  };
}

const instant: Fit = (value) => {
  if (value instanceof InstantValue) return value;
  const moment = momentOf(typeof value === 'number' ? BigInt(value) : value);
  if (moment === undefined || moment.seconds < FIRST_SECOND || moment.seconds > LAST_SECOND) {
    return new Misfit('which is no point in time');
  }
  return new InstantValue(moment.seconds, moment.nanos);
};

const sqlTimestamp: Fit = (value) => {
  if (value instanceof SqlTimestampValue) return value;
  const moment = momentOf(typeof value === 'number' ? BigInt(value) : value);
  if (moment === undefined) return new Misfit('which is no point in time');
  const millis = moment.seconds * 1000n + BigInt(Math.floor(moment.nanos / NANOS_OF_MILLI));
  if (millis <= NO_MILLIS || BigInt.asIntN(64, millis) !== millis) {
    return new Misfit('which is no time in milliseconds of 64 bits');
  }
  return new SqlTimestampValue(millis, moment.nanos);
};

/** The date of a date with a time: at midnight nothing is lost. */
const localDate: Fit = (value) => {
  if (value instanceof LocalDateValue) return value;
  if (!(value instanceof LocalDateTimeValue)) return new Misfit('which is no date');
  const { hour, minute, second, nano } = value.time;
  if (hour === 0 && minute === 0 && second === 0 && nano === 0) return value.date;
  return new Misfit('which has a time of day', value.date);
};

const localDateTime: Fit = (value) => {
  if (value instanceof LocalDateTimeValue) return value;
  if (!(value instanceof LocalDateValue)) return new Misfit('which is no date');
  return new LocalDateTimeValue(value, new TimeValues.LocalTimeValue(0, 0, 0, 0));
};

/** Conversions to times, by the word of the type; texts are read elsewhere. */
export const TIME_FITS: { readonly [type: string]: Fit } = {
  date: inMillis((millis) => new DateValue(millis)),
  'sql-date': inMillis((millis) => new SqlDateValue(millis)),
  'sql-time': inMillis((millis) => new SqlTimeValue(millis)),
  'sql-timestamp': sqlTimestamp,
  instant,
  'local-date': localDate,
  'local-date-time': localDateTime,
};
