/*
 * Values of java.time that have no decoded form of their own, as `toString` of JDK 17 prints them.
 */

/** `Duration#toString`. */
export function durationText(seconds: bigint, nanos: number): string {
  if (seconds === 0n && nanos === 0) return 'PT0S';
  const whole = seconds < 0n && nanos > 0 ? seconds + 1n : seconds;
  const hours = whole / 3600n;
  const minutes = (whole % 3600n) / 60n;
  const rest = whole % 60n;
  const head = `PT${hours === 0n ? '' : `${hours}H`}${minutes === 0n ? '' : `${minutes}M`}`;
  if (rest === 0n && nanos === 0) return head;
  const sign = rest === 0n && seconds < 0n && nanos > 0 ? '-' : '';
  const fraction = seconds < 0n && nanos > 0 ? 1_000_000_000 - nanos : nanos;
  const digits = nanos === 0 ? '' : `.${String(fraction).padStart(9, '0').replace(/0+$/, '')}`;
  return `${head}${sign}${rest}${digits}S`;
}

/** `Period#toString`. */
export function periodText(years: number, months: number, days: number): string {
  if (years === 0 && months === 0 && days === 0) return 'P0D';
  const part = (value: number, unit: string): string => (value === 0 ? '' : `${value}${unit}`);
  return `P${part(years, 'Y')}${part(months, 'M')}${part(days, 'D')}`;
}

/** `ZoneOffset#getId`. */
export function offsetText(totalSeconds: number): string {
  if (totalSeconds === 0) return 'Z';
  const size = Math.abs(totalSeconds);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60];
  if (size % 60 !== 0) parts.push(size % 60);
  return (totalSeconds < 0 ? '-' : '+') + parts.map(two).join(':');
}

/** `YearMonth#toString`. */
export function yearMonthText(year: number, month: number): string {
  const padded = String(Math.abs(year)).padStart(4, '0');
  return `${year < 0 ? '-' : ''}${padded}-${two(month)}`;
}

/** `MonthDay#toString`. */
export function monthDayText(month: number, day: number): string {
  return `--${two(month)}-${two(day)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
