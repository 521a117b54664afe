const KIBI = 1024;

/** Units of Flink's `MemorySize` (2.3), all of them powers of 1024. */
const BYTE_UNITS: { readonly [unit: string]: number } = {
  '': 1,
  b: 1,
  bytes: 1,
  k: KIBI,
  kb: KIBI,
  kib: KIBI,
  kibibytes: KIBI,
  m: KIBI ** 2,
  mb: KIBI ** 2,
  mib: KIBI ** 2,
  mebibytes: KIBI ** 2,
  g: KIBI ** 3,
  gb: KIBI ** 3,
  gib: KIBI ** 3,
  gibibytes: KIBI ** 3,
  t: KIBI ** 4,
  tb: KIBI ** 4,
  tib: KIBI ** 4,
  tebibytes: KIBI ** 4,
};

const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** Units of Flink's `TimeUtils` (2.3) from milliseconds up, and weeks. */
const TIME_UNITS: { readonly [unit: string]: number } = {
  '': 1,
  ms: 1,
  milli: 1,
  millis: 1,
  millisecond: 1,
  milliseconds: 1,
  s: SECOND,
  sec: SECOND,
  secs: SECOND,
  second: SECOND,
  seconds: SECOND,
  m: 60 * SECOND,
  min: 60 * SECOND,
  minute: 60 * SECOND,
  minutes: 60 * SECOND,
  h: 3600 * SECOND,
  hour: 3600 * SECOND,
  hours: 3600 * SECOND,
  d: DAY,
  day: DAY,
  days: DAY,
  w: 7 * DAY,
};

/** Bytes of a text as Flink's options spell them: `64 mb`, `1g`, `4096`; undefined when it is none. Units are powers of 1024. */
export function bytesOfText(text: string): number | undefined {
  return measure(text, BYTE_UNITS);
}

/** Milliseconds of a text as Flink's options spell them: `7 d`, `30min`, `1000`; undefined when it is none. */
export function millisOfText(text: string): number | undefined {
  return measure(text, TIME_UNITS);
}

function measure(text: string, units: { readonly [unit: string]: number }): number | undefined {
  const [, count, unit = ''] = /^\s*(\d{1,15})\s*([a-z]{0,12})\s*$/i.exec(text) ?? [];
  const name = unit.toLowerCase();
  const factor = Object.hasOwn(units, name) ? units[name] : undefined;
  if (count === undefined || factor === undefined) return undefined;
  const value = Number(count) * factor;
  return Number.isSafeInteger(value) ? value : undefined;
}
