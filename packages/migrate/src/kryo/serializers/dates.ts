import { RecordValue, TimeValues } from '@statewright/serializers';
import type { ObjectGraph } from '../object-graph.js';
import { readBoolean, readText, readVarInt, readVarLong, readZigZagLong } from '../wire.js';
import { checkRange } from './body.js';

/** `varlong millis`. `DateSerializer`, Kryo 2.24 and 5.6. */
export function readDate({ input }: ObjectGraph): unknown {
  return new TimeValues.DateValue(readVarLong(input));
}

/** `varlong millis`. `SqlDateSerializer` of chill 0.7.6, `DateSerializer` of Kryo 5.6. */
export function readSqlDate({ input }: ObjectGraph): unknown {
  return new TimeValues.SqlDateValue(readVarLong(input));
}

/** `varlong millis`. `SqlTimeSerializer` of chill 0.7.6, `DateSerializer` of Kryo 5.6. */
export function readSqlTime({ input }: ObjectGraph): unknown {
  return new TimeValues.SqlTimeValue(readVarLong(input));
}

const MAX_NANOS = 999_999_999;

/** `varlong millis, varint nanos`: the millis are whole. `TimestampSerializer` of chill 0.7.6. */
export function readTimestamp2(graph: ObjectGraph): unknown {
  return readTimestamp(graph, false);
}

/** `varlong millis, varint nanos`: the millis are without those of the nanos. `TimestampSerializer`, Kryo 5.6. */
export function readTimestamp5(graph: ObjectGraph): unknown {
  return readTimestamp(graph, true);
}

function readTimestamp(graph: ObjectGraph, wholeSeconds: boolean): unknown {
  const millis = readVarLong(graph.input);
  const nanos = readVarInt(graph.input);
  checkRange(graph, 'the number of nanoseconds', nanos, 0, MAX_NANOS);
  const rest = wholeSeconds ? BigInt(Math.floor(nanos / 1_000_000)) : 0n;
  return new TimeValues.SqlTimestampValue(millis + rest, nanos);
}

const CALENDAR = {
  className: 'java.util.GregorianCalendar',
  names: ['timeZone', 'millis', 'lenient', 'firstDayOfWeek', 'minimalDaysInFirstWeek', 'gregorianChange'],
};

/**
 *     text time zone, varlong millis, boolean lenient, varint first day of the week, varint minimal days in the first
 *     week, zig-zag varlong millis of the change to the Gregorian calendar
 *
 * Follows `CalendarSerializer`, Kryo 2.24 and 5.6.
 */
export function readCalendar({ input }: ObjectGraph): RecordValue {
  const timeZone = readText(input);
  const millis = readVarLong(input);
  const lenient = readBoolean(input);
  const firstDay = readVarInt(input);
  const minimalDays = readVarInt(input);
  return new RecordValue(CALENDAR, [timeZone, millis, lenient, firstDay, minimalDays, readZigZagLong(input)]);
}
