const EXACT = 2n ** 53n;

/** A long: a number as far as every JSON reader keeps it, else a string. */
export function longText(value: bigint): string {
  const short = Number(value);
  if (Number.isSafeInteger(short)) return String(short);
  return value >= -EXACT && value <= EXACT ? value.toString() : `"${value}"`;
}

/** A double: what JSON has no number for is a string, and negative zero keeps its sign. */
export function doubleText(value: number): string {
  if (Number.isFinite(value)) return value === 0 && 1 / value < 0 ? '-0.0' : String(value);
  return Number.isNaN(value) ? '"NaN"' : value > 0 ? '"Infinity"' : '"-Infinity"';
}

/** `java.math.BigDecimal#toString`: scientific when the scale is negative or the number is below 0.000001. */
export function bigDecimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  if (scale === 0) return sign + digits;
  const exponent = digits.length - 1 - scale;
  if (scale > 0 && exponent >= -6) return sign + plain(digits, scale);
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  const power = exponent === 0 ? '' : `E${exponent > 0 ? '+' : ''}${exponent}`;
  return sign + mantissa + power;
}

/** `java.math.BigDecimal#toPlainString`, which `DecimalData#toString` is. */
export function plainDecimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  return sign + (scale > 0 ? plain(digits, scale) : digits + '0'.repeat(digits === '0' ? 0 : -scale));
}

function plain(digits: string, scale: number): string {
  const padded = digits.padStart(scale + 1, '0');
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}
