import { type SerializerSnapshot, toJson } from '@statewright/serializers';
import { fromJson } from '../../entries/from-json.js';
import { describeType } from '../type-word.js';
import { floatingText, shortestFloat } from './decimals.js';
import { type Fit, Misfit } from './misfit.js';
import { TIME_FITS } from './moments.js';
import { article, NUMBER_FITS } from './numbers.js';

const BASE = 'org.apache.flink.api.common.typeutils.base.';

const PRIMITIVES: ReadonlySet<string> = new Set(
  ['Boolean', 'Byte', 'Short', 'Int', 'Long', 'Float', 'Double', 'Char'].map(
    (name) => `${BASE}${name}Serializer$${name}SerializerSnapshot`,
  ),
);

/** Whether the serializer is one that Java's primitive types share with their boxes. */
export function isJavaPrimitive({ className }: SerializerSnapshot): boolean {
  return PRIMITIVES.has(className);
}

const NUMBERS = ['byte', 'short', 'int', 'long', 'biginteger', 'bigdecimal', 'float', 'double'];
const MOMENTS = ['date', 'sql-date', 'sql-time', 'sql-timestamp', 'instant'];
const LOCAL_DATES = ['local-date', 'local-date-time'];
const LOCALS = [...LOCAL_DATES, 'local-time'];
const TEXTS = ['string', 'char', 'enum'];
/** Those that have a text which does not hang on a time zone. */
const PRINTED = [...NUMBERS, 'date', 'instant', ...LOCALS, ...TEXTS, 'boolean'];

/** From which types a type can be made; a type's own kind is among them, as its `Value` twin. */
const SOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ...[...NUMBERS, 'boolean'].map((to) => [to, [...NUMBERS, 'boolean', 'string']] as const),
  // Milliseconds since the epoch.
  ...['long', 'biginteger'].map((to) => [to, [...NUMBERS, 'boolean', 'string', ...MOMENTS]] as const),
  ...MOMENTS.map((to) => [to, [...MOMENTS, 'long', 'biginteger']] as const),
  ...['date', 'instant'].map((to) => [to, [...MOMENTS, 'long', 'biginteger', 'string']] as const),
  ...LOCAL_DATES.map((to) => [to, [...LOCAL_DATES, 'string']] as const),
  ['local-time', ['local-time', 'string']],
  ['string', PRINTED],
  ['char', TEXTS],
  ['enum', TEXTS],
]);

/** The word for a scalar's type; undefined for a type that is none. */
export function scalarWord(snapshot: SerializerSnapshot): string | undefined {
  if ('unreadable' in snapshot) return undefined;
  const { type } = describeType(snapshot);
  return SOURCES.has(type) ? type : undefined;
}

/** Whether values of one scalar type can become those of another. */
export function canFit(from: string, to: string): boolean {
  return SOURCES.get(to)?.includes(from) ?? false;
}

/** The conversion from one scalar type to another for which `canFit` holds; a `Misfit` for values that do not fit. */
export function scalarFit(from: SerializerSnapshot, to: SerializerSnapshot): Fit {
  const [source, target] = [scalarWord(from), scalarWord(to)];
  if (target === 'string') return (value) => textOf(value, source);
  if (target === 'enum' || target === 'char') return parsed(to, target);
  const isText = source === 'string';
  if (isText && (MOMENTS.includes(target!) || LOCALS.includes(target!))) return parsed(to, target!);
  const fit = NUMBER_FITS[target!] ?? TIME_FITS[target!];
  return fit ?? ((value) => value);
}

/** A text as Java's `String.valueOf` gives it. */
function textOf(value: unknown, source: string | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && source === 'double') return floatingText(value);
  if (typeof value === 'number' && source === 'float') return floatingText(value, shortestFloat(value));
  if (typeof value === 'bigint') return String(value);
  return String(JSON.parse(toJson(value)));
}

/** What a text says in the form of the JSON mapping. */
function parsed(to: SerializerSnapshot, target: string): Fit {
  const read = fromJson(to);
  return (value) => {
    try {
      return read(value);
    } catch {
      return new Misfit(`which is not ${article(target)}`);
    }
  };
}
