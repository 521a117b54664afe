import { closest } from '@statewright/inspect';
import type { ErrorObject } from 'ajv';
import { fitsSchema } from './fits-schema.js';
import { badText, type TextPlace, type YamlText } from './read-yaml.js';

/** A JSON Schema, as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

type Path = readonly (string | number)[];

/** One thing that is wrong, and where. */
interface Fault {
  readonly place: TextPlace;
  readonly reason: string;
  readonly next: string | undefined;
}

/** More keys than this are not listed in an error. */
const LISTED = 12;

/**
 * Compares a text with a JSON Schema of our own. BAD_DOCUMENT at the first thing in the text that is wrong, with the closest
 * word that would be right. What finds the words for an error is loaded only when there is one.
 */
export async function requireSchema(text: YamlText, schema: JsonSchema): Promise<void> {
  if (fitsSchema(schema, text.value)) return;
  const { schemaErrors } = await import('./schema-errors.js');
  const errors = schemaErrors(schema, text.value).filter(({ keyword }) => keyword !== 'if');
  const faults = errors.map((error) => faultOf(text, error));
  const [first] = faults.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  if (first !== undefined) throw badText(text.file, first.place, first.reason, first.next);
}

function faultOf(text: YamlText, error: ErrorObject): Fault {
  const path = pathOf(text.value, error.instancePath);
  const params = error.params as { readonly [name: string]: unknown };
  const known = keysOf(error.parentSchema);
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const place = text.placeOfKey([...path, key]);
      return { place, reason: `${shown(key)} is no key of ${placeName(path)}`, next: suggest(key, known) };
    }
    case 'required':
      return fault(text, path, `${placeName(path)} lacks ${shown(params.missingProperty)}`);
    case 'enum': {
      const allowed = (params.allowedValues as readonly unknown[]).map(String);
      const reason = `${shown(error.data)} is no value of ${placeName(path)}`;
      return fault(text, path, reason, suggest(String(error.data), allowed));
    }
    case 'type':
      return typeFault(text, path, error.data, params.type);
    default:
      return fault(text, path, `${shown(error.data)} does not fit ${placeName(path)}`, expected(error));
  }
}

function fault(text: YamlText, path: Path, reason: string, next?: string): Fault {
  return { place: text.placeOf(path), reason, next };
}

const TYPE_WORDS: { readonly [type: string]: string } = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function typeFault(text: YamlText, path: Path, data: unknown, type: unknown): Fault {
  const types = Array.isArray(type) ? type.map(String) : [String(type)];
  const words = types.map((one) => TYPE_WORDS[one] ?? one).join(' or ');
  const quotes = types.includes('string') && (typeof data === 'number' || typeof data === 'boolean');
  const reason = `${words} is expected for ${placeName(path)}, but ${shown(data)} is given`;
  return fault(text, path, reason, quotes ? 'put it in quotes' : undefined);
}

function expected(error: ErrorObject): string | undefined {
  const { description } = (error.parentSchema ?? {}) as { readonly description?: unknown };
  return typeof description === 'string' ? `expected is: ${description.replace(/\.$/, '')}` : error.message;
}

function keysOf(schema: unknown): readonly string[] {
  const { properties } = (schema ?? {}) as { readonly properties?: object };
  return Object.keys(properties ?? {});
}

function suggest(word: string, known: readonly string[]): string | undefined {
  const [near] = closest(word, known, 1);
  if (near !== undefined) return `did you mean "${near}"`;
  return known.length > 0 && known.length <= LISTED ? `it takes ${known.join(', ')}` : undefined;
}

/** The path of a JSON pointer; numbers are positions in lists. */
function pathOf(value: unknown, pointer: string): (string | number)[] {
  const path: (string | number)[] = [];
  let at = value;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(at) ? Number(key) : key;
    path.push(step);
    at = (at as { readonly [key: string]: unknown } | null)?.[step];
  }
  return path;
}

function placeName(path: Path): string {
  if (path.length === 0) return 'this file';
  return path
    .map((step, i) => (typeof step === 'number' ? ` ${step + 1}` : `${i === 0 ? '' : '.'}${step}`))
    .join('');
}

/** A value in an error: short, on one line. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = String(value).replace(/\s+/g, ' ');
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
