import { type LocalDateValue, type LocalTimeValue, RecordValue } from '@statewright/serializers';
import type { ObjectGraph } from '../object-graph.js';
import { readText, readVarInt, readVarLong } from '../wire.js';
import type { Body } from './body.js';
import { readFixedInt, readFixedLong } from './primitives.js';
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

const ZONED = { className: 'java.time.ZonedDateTime', names: ['dateTime', 'zone'] };

/** `varint year, i8 month, i8 day`. */
function readDate(graph: ObjectGraph): LocalDateValue {
  const { input } = graph;
  const year = readVarInt(input);
  const month = input.readByte('Kryo value');
  return makeDate(graph, year, month, input.readByte('Kryo value'));
}

/** `i8 hour, i8 minute, i8 second, varint nanos`; the last part that is not 0 is inverted and ends it. */
function readTime(graph: ObjectGraph): LocalTimeValue {
  const parts = [0, 0, 0];
  for (let i = 0; i < 3; i++) {
    const part = graph.input.readByte('Kryo value');
    parts[i] = part < 0 ? ~part : part;
    if (part < 0) return makeTime(graph, parts[0]!, parts[1]!, parts[2]!, 0);
  }
  return makeTime(graph, parts[0]!, parts[1]!, parts[2]!, readVarInt(graph.input));
}

/** `i8 quarters of an hour`, or 127 and `i32 seconds`, little-endian. */
function readOffset(graph: ObjectGraph): string {
  const quarters = graph.input.readByte('Kryo value');
  return makeOffset(graph, quarters === 127 ? readFixedInt(graph.input, true) : quarters * 900);
}

function readDateTime(graph: ObjectGraph) {
  const date = readDate(graph);
  return makeDateTime(date, readTime(graph));
}

const ROWS: readonly (readonly [name: string, body: Body])[] = [
  ['Duration', (graph) => makeDuration(graph, readFixedLong(graph.input, true), readVarInt(graph.input))],
  ['Instant', (graph) => makeInstant(graph, readVarLong(graph.input), readVarInt(graph.input))],
  ['LocalDate', readDate],
  ['LocalTime', readTime],
  ['LocalDateTime', readDateTime],
  ['ZoneOffset', readOffset],
  ['ZoneRegion', ({ input }) => readText(input)],
  [
    'OffsetTime',
    (graph) => {
      const time = readTime(graph);
      return makeWithOffset(time, readOffset(graph));
    },
  ],
  [
    'OffsetDateTime',
    (graph) => {
      const dateTime = readDateTime(graph);
      return makeWithOffset(dateTime, readOffset(graph));
    },
  ],
  [
    'ZonedDateTime',
    (graph) => {
      const dateTime = readDateTime(graph);
      return new RecordValue(ZONED, [dateTime, readText(graph.input)]);
    },
  ],
  ['Year', (graph) => makeYear(graph, readVarInt(graph.input))],
  ['YearMonth', (graph) => makeYearMonth(graph, readVarInt(graph.input), graph.input.readByte('Kryo value'))],
  [
    'MonthDay',
    (graph) => {
      const month = graph.input.readByte('Kryo value');
      return makeMonthDay(graph, month, graph.input.readByte('Kryo value'));
    },
  ],
  [
    'Period',
    ({ input }) => {
      const years = readVarInt(input);
      const months = readVarInt(input);
      return makePeriod(years, months, readVarInt(input));
    },
  ],
];

/** The bodies of java.time's classes. Follows `TimeSerializers`, Kryo 5.6. */
export const TIMES_5: readonly (readonly [className: string, body: Body])[] = ROWS.map(([name, body]) => [
  `java.time.${name}`,
  body,
]);
