import { StatewrightError } from '@statewright/bytes';
import type { TypeDescription } from '@statewright/serializers';

/** A key as a user names it: its JSON in one spelling, to be compared with that of keys. */
export interface NamedKey {
  readonly json: unknown;
  readonly spelling: string;
}

/**
 * Reads `--key`. It is JSON; where keys are strings, text that is no JSON is taken as it is. A whole number beyond 2^53
 * is the string that `json-mapping` writes.
 */
export function namedKey(text: string, type: TypeDescription, option: string): NamedKey {
  const json = parseKey(text, type, option);
  return { json, spelling: canonicalJson(json) };
}

function parseKey(text: string, type: TypeDescription, option: string): unknown {
  if (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (type.type === 'string') return text;
    throw new StatewrightError('USAGE', {
      kind: option,
      reason: `${JSON.stringify(text)} is not JSON and keys are of type ${type.type}`,
      next: 'quote it for the shell, as in \'"text"\' or \'["a",1]\'',
      cause,
    });
  }
}

/** JSON text that does not depend on the order of an object's fields. */
export function canonicalJson(json: unknown): string {
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  if (Array.isArray(json)) return `[${json.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${canonicalJson(value)}`).join(',')}}`;
}

const INTEGERS = new Set(['byte', 'short', 'int']);

/** The decoded value of a key's JSON for the types that a hash can be computed of; undefined for any other. */
export function keyValue(json: unknown, type: TypeDescription): unknown {
  if (type.type === 'string') return typeof json === 'string' ? json : undefined;
  if (type.type === 'boolean') return typeof json === 'boolean' ? json : undefined;
  if (INTEGERS.has(type.type)) return Number.isInteger(json) ? json : undefined;
  if (type.type === 'long') return longValue(json);
  if (type.type !== 'tuple' || !Array.isArray(json)) return undefined;
  const fields = type.fields ?? [];
  const values = fields.map((field, i) => keyValue(json[i], field.type));
  return values.length === json.length && !values.includes(undefined) ? values : undefined;
}

function longValue(json: unknown): bigint | undefined {
  if (typeof json === 'number') return Number.isInteger(json) ? BigInt(json) : undefined;
  return typeof json === 'string' && /^-?\d+$/.test(json) ? BigInt(json) : undefined;
}
