import {
  type LocalDateTimeValue,
  type LocalDateValue,
  type LocalTimeValue,
  RecordValue,
} from '@statewright/serializers';
import type { KryoGeneration } from '../object-graph.js';
import type { Make } from './fields.js';
import {
  makeDate,
  makeDateTime,
  makeDuration,
  makeInstant,
  makeMonthDay,
  makeOffset,
  makePeriod,
  makeTime,
  makeWithOffset,
  makeYear,
  makeYearMonth,
} from './times.js';

/** A class of the JDK without a serializer of its own: its fields, and what they make. */
export interface JdkObjectRow {
  /** As `parseLayout` reads it. Fields are those of JDK 8 to 21. */
  readonly layout: string;
  /** The generations that read it so. */
  readonly generations: readonly KryoGeneration[];
  readonly make: Make;
}

const ZONED = { className: 'java.time.ZonedDateTime', names: ['dateTime', 'offset', 'zone'] };

const first: Make = ([value]) => value;
const present: Make = ([isPresent, value]) => (isPresent === true ? value : null);

/** A class whose fields are never null. */
function row(generations: readonly KryoGeneration[], layout: string, make: Make): JdkObjectRow {
  const whole: Make = (values, graph) => {
    if (!values.includes(null)) return make(values, graph);
    throw graph.errorAt(
      graph.input.pos,
      'BAD_VALUE',
      'a field of a class of the JDK is null, which it never is',
    );
  };
  return { layout, generations, make: whole };
}

/** A class whose one field is what is inside, or null. */
function wrapper(generations: readonly KryoGeneration[], layout: string): JdkObjectRow {
  return { layout, generations, make: first };
}

/** The values of `make` are in the order of the names. */
export const JDK_OBJECTS: readonly JdkObjectRow[] = [
  row([2, 5], 'java.util.concurrent.atomic.AtomicBoolean { value: int }', ([value]) => value !== 0),
  row([2, 5], 'java.util.concurrent.atomic.AtomicInteger { value: int }', first),
  row([2, 5], 'java.util.concurrent.atomic.AtomicLong { value: long }', first),
  wrapper([2, 5], 'java.util.concurrent.atomic.AtomicReference<V> { value: V }'),
  wrapper([2], 'final java.util.Optional<T> { value: T }'),
  row([2], 'final java.util.OptionalInt { isPresent: boolean, value: int }', present),
  row([2], 'final java.util.OptionalLong { isPresent: boolean, value: long }', present),
  row([2], 'final java.util.OptionalDouble { isPresent: boolean, value: double }', present),
  row([2], 'final java.time.Duration { seconds: long, nanos: int }', ([nanos, seconds], graph) =>
    makeDuration(graph, seconds as bigint, nanos as number),
  ),
  row([2], 'final java.time.Instant { seconds: long, nanos: int }', ([nanos, seconds], graph) =>
    makeInstant(graph, seconds as bigint, nanos as number),
  ),
  row([2], 'final java.time.LocalDate { year: int, month: short, day: short }', (values, graph) => {
    const [day, month, year] = values as number[];
    return makeDate(graph, year!, month!, day!);
  }),
  row(
    [2],
    'final java.time.LocalTime { hour: byte, minute: byte, second: byte, nano: int }',
    (values, graph) => {
      const [hour, minute, nano, second] = values as number[];
      return makeTime(graph, hour!, minute!, second!, nano!);
    },
  ),
  row(
    [2],
    'final java.time.LocalDateTime { date: java.time.LocalDate, time: java.time.LocalTime }',
    ([date, time]) => makeDateTime(date as LocalDateValue, time as LocalTimeValue),
  ),
  row([2], 'final java.time.ZoneOffset { totalSeconds: int }', ([seconds], graph) =>
    makeOffset(graph, seconds as number),
  ),
  row([2], 'final java.time.ZoneRegion { id: string }', first),
  row(
    [2],
    'final java.time.OffsetTime { time: java.time.LocalTime, offset: java.time.ZoneOffset }',
    ([offset, time]) => makeWithOffset(time, offset as string),
  ),
  row(
    [2],
    'final java.time.OffsetDateTime { dateTime: java.time.LocalDateTime, offset: java.time.ZoneOffset }',
    ([dateTime, offset]) => makeWithOffset(dateTime as LocalDateTimeValue, offset as string),
  ),
  row(
    [2],
    'final java.time.ZonedDateTime { dateTime: java.time.LocalDateTime, offset: java.time.ZoneOffset, zone: java.time.ZoneId }',
    (values) => new RecordValue(ZONED, values),
  ),
  row([2], 'final java.time.Year { year: int }', ([year], graph) => makeYear(graph, year as number)),
  row([2], 'final java.time.YearMonth { year: int, month: int }', ([month, year], graph) =>
    makeYearMonth(graph, year as number, month as number),
  ),
  row([2], 'final java.time.MonthDay { month: int, day: int }', ([day, month], graph) =>
    makeMonthDay(graph, month as number, day as number),
  ),
  row([2], 'final java.time.Period { years: int, months: int, days: int }', (values) => {
    const [days, months, years] = values as number[];
    return makePeriod(years!, months!, days!);
  }),
];
