import { BigDecimalValue, BigIntegerValue } from '@statewright/serializers';
import { decimalOfText, wholeOfText } from './decimals.js';
import { type Fit, Misfit } from './misfit.js';
import { millisOf } from './moments.js';

/** What a whole number's type is called, and its first and last value. */
interface Range {
  readonly name: string;
  readonly first: bigint;
  readonly last: bigint;
}

function range(name: string, bits: number): Range {
  const end = 1n << BigInt(bits - 1);
  return { name, first: -end, last: end - 1n };
}

/** Whole numbers of so many bits as JavaScript numbers, or (long) as bigints. */
function integer(name: string, bits: number): Fit {
  const { first, last } = range(name, bits);
  const [low, high] = [Number(first), Number(last)];
  const make = bits === 64 ? (value: bigint): unknown => value : (value: bigint): unknown => Number(value);
  const short =
    bits === 64 ? (value: number): unknown => BigInt(value) : (value: number): unknown => value + 0;
  return (value) => {
    if (typeof value === 'bigint') {
      if (value >= first && value <= last) return make(value);
    } else if (typeof value === 'number' && Number.isInteger(value) && value >= low && value < high + 1) {
      return short(value === 0 ? 0 : value);
    }
    const whole = wholeOf(value);
    if (whole instanceof Misfit) return inRange(whole, first, last, make, name);
    if (whole >= first && whole <= last) return make(whole);
    return new Misfit(`which does not fit ${article(name)}`, make(whole < first ? first : last));
  };
}

function inRange(
  misfit: Misfit,
  first: bigint,
  last: bigint,
  make: (value: bigint) => unknown,
  name: string,
): Misfit {
  const { nearest, why } = misfit;
  if (nearest === undefined) return new Misfit(why.replace('a whole number', article(name)));
  if (typeof nearest === 'number') return new Misfit(why, make(nearest < 0 ? first : last));
  const whole = nearest as bigint;
  return new Misfit(why, make(whole < first ? first : whole > last ? last : whole));
}

export function article(name: string): string {
  return `${/^[aei]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** The whole number that a value is; `nearest` is a bigint, or an infinite number. */
function wholeOf(value: unknown): bigint | Misfit {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return wholeOfDouble(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof BigIntegerValue) return value.value;
  if (value instanceof BigDecimalValue) return wholeOfDecimal(value);
  if (typeof value === 'string') return wholeOfText(value) ?? new Misfit('which is not a whole number');
  return millisOf(value);
}

function wholeOfDouble(value: number): bigint | Misfit {
  if (Number.isInteger(value)) return BigInt(value);
  if (Number.isNaN(value)) return new Misfit('which is not a whole number');
  const nearest = Number.isFinite(value) ? BigInt(Math.trunc(value)) : value;
  return new Misfit('which is not a whole number', nearest);
}

/** Beyond this many zeros no number is written out. */
const MAX_ZEROS = 10_000;

function wholeOfDecimal({ unscaled, scale }: BigDecimalValue): bigint | Misfit {
  if (Math.abs(scale) > MAX_ZEROS) return new Misfit('whose scale is too large');
  if (scale <= 0) return unscaled * 10n ** BigInt(-scale);
  const factor = 10n ** BigInt(scale);
  const whole = unscaled / factor;
  return whole * factor === unscaled ? whole : new Misfit('which is not a whole number', whole);
}

const bigInteger: Fit = (value) => {
  if (value instanceof BigIntegerValue) return value;
  const whole = wholeOf(value);
  if (!(whole instanceof Misfit)) return new BigIntegerValue(whole);
  const { nearest } = whole;
  return typeof nearest === 'bigint'
    ? new Misfit(whole.why, new BigIntegerValue(nearest))
    : new Misfit(whole.why);
};

const bigDecimal: Fit = (value) => {
  if (value instanceof BigDecimalValue) return value;
  if (value instanceof BigIntegerValue) return new BigDecimalValue(value.value, 0);
  if (typeof value === 'bigint') return new BigDecimalValue(value, 0);
  if (typeof value === 'boolean') return new BigDecimalValue(value ? 1n : 0n, 0);
  // As BigDecimal.valueOf(double): the shortest decimal that is this double.
  const decimal = decimalOfText(String(value));
  return decimal ?? new Misfit('which is not a decimal number');
};

/** Floating numbers: what they cannot hold exactly does not fit, and the nearest is what Java's cast gives. */
function floating(name: string, round: (value: number) => number): Fit {
  return (value) => {
    if (typeof value === 'number') {
      const rounded = round(value);
      if (Object.is(rounded, value)) return value;
      const nearest = Number.isFinite(rounded) ? rounded : largest(value);
      return new Misfit(`which ${article(name)} cannot hold exactly`, nearest);
    }
    return floatingOf(value, name, round);
  };
}

const MAX_FLOAT = 3.4028234663852886e38;

function largest(value: number): number {
  return value < 0 ? -MAX_FLOAT : MAX_FLOAT;
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

function floatingOf(value: unknown, name: string, round: (value: number) => number): unknown {
  if (typeof value === 'string') {
    // A decimal text means the nearest floating number, as Double.parseDouble has it.
    const parsed =
      SPECIAL.get(value) ?? (decimalOfText(value) === undefined ? undefined : round(Number(value)));
    return parsed ?? new Misfit('which is not a number');
  }
  const decimal = bigDecimal(value);
  if (!(decimal instanceof BigDecimalValue)) return decimal;
  const { unscaled, scale } = decimal;
  if (Math.abs(scale) > MAX_ZEROS) return new Misfit('whose scale is too large');
  const nearest = round(Number(scale <= 0 ? unscaled * 10n ** BigInt(-scale) : `${unscaled}e${-scale}`));
  const why = `which ${article(name)} cannot hold exactly`;
  if (!Number.isFinite(nearest)) return new Misfit(why);
  return isExactly(nearest, decimal) ? nearest : new Misfit(why, nearest);
}

/** Whether a finite double is exactly that decimal. */
function isExactly(double: number, { unscaled, scale }: BigDecimalValue): boolean {
  const [numerator, denominator] = fractionOf(double);
  return scale <= 0
    ? numerator === unscaled * 10n ** BigInt(-scale) * denominator
    : numerator * 10n ** BigInt(scale) === unscaled * denominator;
}

/** A finite double as numerator and denominator. */
function fractionOf(double: number): readonly [bigint, bigint] {
  let value = double;
  let denominator = 1n;
  while (!Number.isInteger(value)) {
    value *= 2;
    denominator *= 2n;
  }
  return [BigInt(value), denominator];
}

const boolean: Fit = (value) => {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  const whole = typeof value === 'string' ? undefined : wholeOf(value);
  return whole === 0n || whole === 1n ? whole === 1n : new Misfit('which is neither true nor false');
};

/** Conversions to numbers, by the word of the type. */
export const NUMBER_FITS: { readonly [type: string]: Fit } = {
  byte: integer('byte', 8),
  short: integer('short', 16),
  int: integer('int', 32),
  long: integer('long', 64),
  biginteger: bigInteger,
  bigdecimal: bigDecimal,
  float: floating('float', Math.fround),
  double: floating('double', (value) => value),
  boolean,
};
