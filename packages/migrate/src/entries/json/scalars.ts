import {
  BigDecimalValue,
  BigIntegerValue,
  DecimalDataValue,
  type TypeDescription,
} from '@statewright/serializers';
import { bytesOfHex, isHex, type JsonReader, misfit, type ReaderMaker, tagged } from './reader.js';

const WHOLE = /^[+-]?\d{1,4000}$/;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
/** Digits of a number in a text, at most: no number of a job has more, and larger ones take long to read. */
const MAX_DIGITS = 4000;

/** A whole number as JSON, CEL, or the typed form of `export --typed` writes it. */
function wholeOf(json: unknown, tag: string): bigint | undefined {
  if (typeof json === 'bigint') return json;
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : undefined;
  const text = typeof json === 'string' ? json : typedText(json, tag);
  return typeof text === 'string' && WHOLE.test(text) ? BigInt(text) : undefined;
}

/** `{"int":"-1"}`; inside of recursive schemas the writer does not know the type and says `number`. */
function typedText(json: unknown, tag: string): unknown {
  return tagged(json, tag) ?? tagged(json, 'number');
}

function integer(tag: string, bits: number): JsonReader {
  const expected = `${tag === 'int' ? 'an' : 'a'} ${tag}`;
  const end = 1n << BigInt(bits - 1);
  const short = 2 ** (bits - 1);
  return (json, at) => {
    if (typeof json === 'number' && Number.isInteger(json) && json >= -short && json < short) return json;
    // A text is a number only where JSON has none for it: for longs.
    const whole = typeof json === 'string' ? undefined : wholeOf(json, tag);
    if (whole === undefined || whole < -end || whole >= end) throw misfit(at, json, expected);
    return Number(whole);
  };
}

const MAX_LONG = 1n << 63n;

const long: JsonReader = (json, at) => {
  const whole = wholeOf(json, 'long');
  if (whole !== undefined && whole >= -MAX_LONG && whole < MAX_LONG) return whole;
  const tooLarge = typeof json === 'number' && Number.isInteger(json);
  const next = tooLarge ? 'write a number beyond 2^53 as a string' : undefined;
  throw misfit(at, json, 'a long', next);
};

const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function floating(tag: string, round: (value: number) => number): JsonReader {
  const ofText = (text: string): number | undefined =>
    NOT_FINITE.get(text) ?? (DECIMAL.test(text) && /\d/.test(text) ? finite(Number(text)) : undefined);
  return (json, at) => {
    const text =
      typeof json === 'bigint' ? String(json) : typeof json === 'string' ? json : typedText(json, tag);
    const value = typeof json === 'number' ? json : typeof text === 'string' ? ofText(text) : undefined;
    const rounded = value === undefined ? undefined : round(value);
    if (rounded === undefined || (!Number.isFinite(rounded) && Number.isFinite(value))) {
      throw misfit(at, json, `a ${tag}`);
    }
    return rounded;
  };
}

const boolean: JsonReader = (json, at) => {
  if (typeof json === 'boolean') return json;
  throw misfit(at, json, 'true or false');
};

const string: JsonReader = (json, at) => {
  if (typeof json === 'string') return json;
  throw misfit(at, json, 'a string');
};

const char: JsonReader = (json, at) => {
  const text = typeof json === 'string' ? json : tagged(json, 'char');
  if (typeof text === 'string' && text.length === 1) return text;
  throw misfit(at, json, 'a char, which is one UTF-16 unit');
};

/** Bytes in hex; `size` where all values have the same. */
function bytes(type: TypeDescription): JsonReader {
  const size = type.details?.size;
  return (json, at) => {
    const text = typeof json === 'string' ? json : tagged(json, type.type);
    const made =
      json instanceof Uint8Array ? json : typeof text === 'string' && isHex(text) && bytesOfHex(text);
    if (!made) throw misfit(at, json, 'bytes in hex');
    if (typeof size === 'number' && made.length !== size) {
      throw misfit(at, json, `hex of ${size} bytes`);
    }
    return made;
  };
}

/** One of an enum's constants, as far as the type lists them. */
function enumeration({ details, class: className }: TypeDescription): JsonReader {
  const listed = details?.constants ?? details?.symbols;
  const names = Array.isArray(listed) ? constantNames(listed) : undefined;
  const expected = `a constant of ${className ?? 'the enum'}`;
  return (json, at) => {
    if (typeof json === 'string' && (names === undefined || names.has(json))) return json;
    throw misfit(at, json, names === undefined ? expected : `${expected} (${[...names].join(', ')})`);
  };
}

function constantNames(listed: readonly unknown[]): Set<string> | undefined {
  return listed.every((name) => typeof name === 'string') ? new Set(listed as string[]) : undefined;
}

interface Decimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** `new java.math.BigDecimal(text)`; undefined when it is none. */
function decimalOf(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const digits = whole + fraction;
  if (sign === undefined || digits === '' || digits.length > MAX_DIGITS) return undefined;
  const magnitude = BigInt(digits);
  return { unscaled: sign === '-' ? -magnitude : magnitude, scale: fraction.length - Number(exponent) };
}

/** A decimal from a text, or from a whole number, which every decimal is exactly. */
function decimalFrom(json: unknown, tag: string): Decimal | undefined {
  if (json instanceof BigDecimalValue) return json;
  const whole = typeof json === 'string' ? undefined : wholeOf(json, tag);
  if (whole !== undefined) return { unscaled: whole, scale: 0 };
  const text = typeof json === 'string' ? json : tagged(json, tag);
  return typeof text === 'string' ? decimalOf(text) : undefined;
}

const TEXT_NEXT = 'write it as a string, since a double is not exact';

const bigDecimal: JsonReader = (json, at) => {
  if (json instanceof BigDecimalValue) return json;
  const value = decimalFrom(json, 'bigdecimal');
  if (value !== undefined) return new BigDecimalValue(value.unscaled, value.scale);
  throw misfit(at, json, 'a decimal number', typeof json === 'number' ? TEXT_NEXT : undefined);
};

const bigInteger: JsonReader = (json, at) => {
  if (json instanceof BigIntegerValue) return json;
  const value = wholeOf(json, 'biginteger');
  if (value !== undefined) return new BigIntegerValue(value);
  throw misfit(at, json, 'a whole number');
};

/** `DECIMAL(precision, scale)`: digits behind the scale must be zeros. */
function sqlDecimal(type: TypeDescription): JsonReader {
  const { precision, scale } = precisionOf(type);
  const expected = `a DECIMAL(${precision}, ${scale})`;
  return (json, at) => {
    const value = decimalFrom(json, 'decimal');
    const fitted = value && rescaled(value, scale);
    if (fitted === undefined || abs(fitted) >= 10n ** BigInt(precision)) {
      throw misfit(at, json, expected, typeof json === 'number' ? TEXT_NEXT : undefined);
    }
    return new DecimalDataValue(fitted, scale);
  };
}

function precisionOf({ details }: TypeDescription): { precision: number; scale: number } {
  if (typeof details?.precision === 'number' && typeof details.scale === 'number') {
    return { precision: details.precision, scale: details.scale };
  }
  const [, precision, scale] = /\((\d+), ?(\d+)\)/.exec(String(details?.sql)) ?? [];
  return { precision: Number(precision ?? 38), scale: Number(scale ?? 0) };
}

function rescaled({ unscaled, scale }: Decimal, wanted: number): bigint | undefined {
  if (Math.abs(wanted - scale) > MAX_DIGITS) return undefined;
  if (wanted >= scale) return unscaled * 10n ** BigInt(wanted - scale);
  const factor = 10n ** BigInt(scale - wanted);
  return unscaled % factor === 0n ? unscaled / factor : undefined;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

const nothing: JsonReader = (json, at) => {
  if (json === null) return null;
  throw misfit(at, json, 'null');
};

function always(reader: JsonReader): ReaderMaker {
  return () => reader;
}

/** Readers of numbers, texts, bytes and constants, by the word of their type. */
export const SCALAR_READERS: { readonly [type: string]: ReaderMaker } = {
  boolean: always(boolean),
  byte: always(integer('byte', 8)),
  short: always(integer('short', 16)),
  int: always(integer('int', 32)),
  long: always(long),
  float: always(floating('float', Math.fround)),
  double: always(floating('double', (value) => value)),
  char: always(char),
  string: always(string),
  bytes,
  fixed: bytes,
  bitmap: bytes,
  'byte[]': bytes,
  enum: enumeration,
  bigdecimal: always(bigDecimal),
  biginteger: always(bigInteger),
  decimal: sqlDecimal,
  void: always(nothing),
  null: always(nothing),
};
