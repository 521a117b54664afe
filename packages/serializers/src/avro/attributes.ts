import { type AvroJson, type JsonMembers, type JsonNode, jsonValue } from './json.js';
import type { AvroField, AvroLogicalType, AvroProps, AvroType } from './schema.js';

/*
 * What a schema says beside its structure. Follows `org.apache.avro.Schema#parse` and `Schema.Name`, Avro 1.11.
 */

const SCHEMA_RESERVED = [
  'doc',
  'fields',
  'items',
  'name',
  'namespace',
  'size',
  'symbols',
  'values',
  'type',
  'aliases',
];
/** Attributes that are no properties, by what carries them. */
export const RESERVED = {
  schema: new Set(SCHEMA_RESERVED),
  enum: new Set([...SCHEMA_RESERVED, 'default']),
  field: new Set(['default', 'doc', 'name', 'order', 'type', 'aliases']),
} as const;

/** The attributes that are not reserved. */
export function propsOf(schema: JsonMembers, reserved: ReadonlySet<string>): AvroProps {
  const props = new Map<string, AvroJson>();
  for (const [name, node] of schema) if (!reserved.has(name)) props.set(name, jsonValue(node));
  return props;
}

/** The text of an attribute; undefined when it is missing or no text. */
export function textOf(schema: JsonMembers, name: string): string | undefined {
  const value = schema.get(name)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** `logicalType` with precision and scale. */
export function logicalTypeOf(schema: JsonMembers): AvroLogicalType | undefined {
  const name = textOf(schema, 'logicalType');
  if (name === undefined) return undefined;
  return { name, precision: numberOf(schema.get('precision')), scale: numberOf(schema.get('scale')) };
}

function numberOf(node: JsonNode | undefined): number | undefined {
  const value = node?.value;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

/** A name with its namespace; one with a dot brings its own. */
export function fullName(name: string, namespace: string): string {
  const dot = name.lastIndexOf('.');
  const space = dot < 0 ? namespace : name.slice(0, dot);
  return space === '' ? name.slice(dot + 1) : `${space}.${name.slice(dot + 1)}`;
}

/** Without the last part and its dot. */
export function namespaceOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('.'), 0));
}

/** Texts of the list `aliases`, each once; undefined when it is none. */
export function aliasesOf(schema: JsonMembers): readonly string[] | undefined {
  const list = schema.get('aliases')?.value;
  if (list === undefined) return [];
  if (!Array.isArray(list)) return undefined;
  const aliases = (list as readonly JsonNode[]).map(({ value }) => value);
  return aliases.every((alias) => typeof alias === 'string') ? [...new Set(aliases)] : undefined;
}

/** As in `Field.Order#valueOf`, in capitals or not; undefined when it is none. */
export function orderOf(field: JsonMembers): AvroField['order'] | undefined {
  const node = field.get('order');
  if (node === undefined) return 'ascending';
  const order = typeof node.value === 'string' ? node.value.toLowerCase() : undefined;
  return order === 'ascending' || order === 'descending' || order === 'ignore' ? order : undefined;
}

const JAVA_DOUBLE = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[dDfF]?$/;
const JAVA_DOUBLE_WORD = /^([+-]?)(NaN|Infinity)$/;

/** The default of a field; for a float or double, text counts as the number it spells, such as `"NaN"`. */
export function defaultOf(field: JsonMembers, type: AvroType): AvroJson | undefined {
  const node = field.get('default');
  if (node === undefined) return undefined;
  const floating = type.kind === 'primitive' && (type.type === 'float' || type.type === 'double');
  return floating && typeof node.value === 'string' ? doubleOf(node.value) : jsonValue(node);
}

/** Follows `Double#valueOf`, without hexadecimal digits; the text itself when it is no number. */
function doubleOf(text: string): number | string {
  const trimmed = text.trim();
  const [, sign, word] = JAVA_DOUBLE_WORD.exec(trimmed) ?? [];
  if (word !== undefined) return Number(word) * (sign === '-' ? -1 : 1);
  return JAVA_DOUBLE.test(trimmed) ? Number.parseFloat(trimmed) : text;
}
