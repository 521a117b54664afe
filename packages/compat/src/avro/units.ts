import type { AvroType } from '@statewright/serializers';

/** What a number of each logical type counts; the same unit may have several names. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['date', 'days'],
  ['time-millis', 'milliseconds of the day'],
  ['time-micros', 'microseconds of the day'],
  ['timestamp-millis', 'milliseconds'],
  ['local-timestamp-millis', 'milliseconds'],
  ['timestamp-micros', 'microseconds'],
  ['local-timestamp-micros', 'microseconds'],
]);

/**
 * How the same bytes come to mean something else, or undefined: numbers of another unit, decimals of another scale. Avro
 * compares logical types only as properties and converts nothing.
 */
export function unitChange(old: AvroType, now: AvroType): string | undefined {
  const before = old.logicalType;
  const after = now.logicalType;
  if (before === undefined || after === undefined) return undefined;
  if (before.name === 'decimal' && after.name === 'decimal') {
    const [from, to] = [before.scale ?? 0, after.scale ?? 0];
    if (from === to) return undefined;
    return `decimals had ${from} digits after the point and have ${to} now; Avro converts nothing, so that they come out ${factor(to - from)}`;
  }
  const [from, to] = [UNITS.get(before.name), UNITS.get(after.name)];
  if (from === undefined || to === undefined || from === to) return undefined;
  return `numbers that counted ${from} (${before.name}) are read as ${to} (${after.name}); Avro converts nothing`;
}

function factor(digits: number): string {
  const zeros = '0'.repeat(Math.min(Math.abs(digits), 20));
  return digits > 0 ? `1${zeros} times too small` : `1${zeros} times too large`;
}
