import { BigDecimalValue } from '@statewright/serializers';

const WHOLE = /^[+-]?\d{1,4000}$/;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
/** Digits of a number in a text, at most: larger ones take long to read. */
const MAX_DIGITS = 4000;

/** A whole number in decimal digits, as `new java.math.BigInteger(text)` reads it; undefined for anything else. */
export function wholeOfText(text: string): bigint | undefined {
  return WHOLE.test(text) ? BigInt(text) : undefined;
}

/** As `new java.math.BigDecimal(text)`; undefined for what it refuses. */
export function decimalOfText(text: string): BigDecimalValue | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const digits = whole + fraction;
  if (sign === undefined || digits === '' || digits.length > MAX_DIGITS) return undefined;
  const magnitude = BigInt(digits);
  return new BigDecimalValue(sign === '-' ? -magnitude : magnitude, fraction.length - Number(exponent));
}

/** The text of a double, or (with `round`) of a float, as `Double.toString` and `Float.toString` of Java 19 and later. */
export function floatingText(value: number, digits: string = String(Math.abs(value))): string {
  if (!Number.isFinite(value)) return String(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === 0) return `${sign}0.0`;
  const [mantissa = '', power = '0'] = digits.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = (whole + fraction).replace(/^0+/, '');
  const leading = whole + fraction;
  // Position of the point, counted from the first digit that is not 0.
  const point = whole.length + Number(power) - (leading.length - leading.replace(/^0+/, '').length);
  const significant = all.replace(/0+$/, '') || '0';
  if (size >= 1e-3 && size < 1e7) {
    if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${significant}`;
    const padded = significant.padEnd(point, '0');
    return `${sign}${padded.slice(0, point)}.${padded.slice(point) || '0'}`;
  }
  return `${sign}${significant[0]}.${significant.slice(1) || '0'}E${point - 1}`;
}

/** The fewest digits that are this float and no other: its text as a JavaScript number has it. */
export function shortestFloat(value: number): string {
  const size = Math.abs(value);
  for (let precision = 1; precision < 9; precision++) {
    const text = size.toPrecision(precision);
    if (Math.fround(Number(text)) === size) return text;
  }
  return size.toPrecision(9);
}
