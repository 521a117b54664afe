import { LocalDateValue } from './values.js';

/** Days from 0000-03-01 to 1970-01-01 in the proleptic Gregorian calendar. */
const EPOCH_FROM_MARCH = 719_468;
const DAYS_PER_ERA = 146_097;

/** `java.time.LocalDate#ofEpochDay`: the date of a day since 1970-01-01, by eras of 400 years that begin in March. */
export function dateOfDay(epochDay: number): LocalDateValue {
  const shifted = epochDay + EPOCH_FROM_MARCH;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return new LocalDateValue(year, month, dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1);
}
