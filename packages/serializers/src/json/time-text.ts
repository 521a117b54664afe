import { dateOfDay } from '../civil-date.js';
import type { LocalDateValue, LocalTimeValue } from '../values.js';

/*
 * Dates and times as `java.time` prints them: ISO 8601, as many digits of a second as are needed, in threes.
 */

const DAY_SECONDS = 86_400n;

/** `java.time.Instant#toString`. */
export function instantText(seconds: bigint, nanos: number): string {
  const { date, secondOfDay } = split(seconds);
  const [hour, minute, second] = clock(secondOfDay);
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${fraction(nanos)}Z`;
}

/** `Instant.ofEpochMilli(millis).toString()`. */
export function millisText(millis: bigint): string {
  const { seconds, rest } = splitMillis(millis);
  return instantText(seconds, rest * 1_000_000);
}

/** `java.time.LocalDateTime#toString` of milliseconds since the epoch without a zone. */
export function localMillisText(millis: bigint, nanoOfMilli: number): string {
  const { seconds, rest } = splitMillis(millis);
  const { date, secondOfDay } = split(seconds);
  const [hour, minute, second] = clock(secondOfDay);
  return `${date}T${timeText(hour, minute, second, rest * 1_000_000 + nanoOfMilli)}`;
}

/** `java.time.LocalDate#toString`. */
export function localDateText({ year, month, day }: LocalDateValue): string {
  return dateText(year, month, day);
}

/** `java.time.LocalTime#toString`: seconds only when they are not 0. */
export function localTimeText({ hour, minute, second, nano }: LocalTimeValue): string {
  return timeText(hour, minute, second, nano);
}

function timeText(hour: number, minute: number, second: number, nano: number): string {
  const seconds = second === 0 && nano === 0 ? '' : `:${two(second)}${fraction(nano)}`;
  return `${two(hour)}:${two(minute)}${seconds}`;
}

function splitMillis(millis: bigint): { seconds: bigint; rest: number } {
  const rest = ((millis % 1000n) + 1000n) % 1000n;
  return { seconds: (millis - rest) / 1000n, rest: Number(rest) };
}

function split(seconds: bigint): { date: string; secondOfDay: number } {
  const secondOfDay = ((seconds % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  const days = Number((seconds - secondOfDay) / DAY_SECONDS);
  return { date: localDateText(dateOfDay(days)), secondOfDay: Number(secondOfDay) };
}

function clock(secondOfDay: number): [number, number, number] {
  return [Math.floor(secondOfDay / 3600), Math.floor(secondOfDay / 60) % 60, secondOfDay % 60];
}

/** Four digits at least; a sign when negative or longer. */
function dateText(year: number, month: number, day: number): string {
  const digits = String(Math.abs(year)).padStart(4, '0');
  const sign = year < 0 ? '-' : year > 9999 ? '+' : '';
  return `${sign}${digits}-${two(month)}-${two(day)}`;
}

function two(value: number): string {
  return value < 10 && value >= 0 ? `0${value}` : String(value);
}

function fraction(nanos: number): string {
  if (nanos === 0) return '';
  const digits = String(nanos).padStart(9, '0');
  if (digits.endsWith('000000')) return `.${digits.slice(0, 3)}`;
  return digits.endsWith('000') ? `.${digits.slice(0, 6)}` : `.${digits}`;
}
