import type { JsonSchema } from '@statewright/compat';

type Schema = { readonly [name: string]: unknown };

/** Types of JSON Schema by which a text is read; a text is one where nothing else is meant. */
function typesOf(schema: Schema): readonly string[] {
  const { type, anyOf } = schema;
  if (Array.isArray(anyOf)) return anyOf.flatMap((one) => typesOf(one as Schema));
  if (Array.isArray(type)) return type.map(String);
  if (typeof type === 'string') return [type];
  return 'const' in schema || 'enum' in schema ? [] : ['any'];
}

/** The value of an option that a person has typed, as its JSON Schema takes it; what does not fit stays a text, for the plan's reader to refuse. */
export function optionValue(schema: JsonSchema, text: string): unknown {
  const own = schema as Schema;
  const types = typesOf(own);
  const json = jsonOf(text);
  const takes = (...names: readonly string[]) => names.some((name) => types.includes(name));
  if (json !== undefined && fits(json, own, takes)) return json;
  if (takes('array') && !takes('string')) return text.split(',').map((part) => wordOf(part.trim()));
  return text;
}

function fits(json: unknown, schema: Schema, takes: (...names: readonly string[]) => boolean): boolean {
  if (takes('any')) return true;
  if (typeof json === 'number') return takes('integer', 'number');
  if (typeof json === 'boolean') return takes('boolean') || schema.const === json;
  if (Array.isArray(json)) return takes('array');
  return typeof json === 'object' && json !== null && takes('object');
}

function wordOf(text: string): unknown {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value of an option as a person would type it. */
export function optionText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
