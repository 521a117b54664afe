import type { LocalDateValue, LocalTimeValue } from '@statewright/serializers';

/** Days since 1970-01-01 in the proleptic Gregorian calendar, as `java.time.LocalDate#toEpochDay`. */
export function epochDayOf({ year, month, day }: LocalDateValue): number {
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * fromMarch + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Nanoseconds since midnight. */
export function nanosOfDay({ hour, minute, second, nano }: LocalTimeValue): bigint {
  return BigInt(hour * 3600 + minute * 60 + second) * 1_000_000_000n + BigInt(nano);
}
