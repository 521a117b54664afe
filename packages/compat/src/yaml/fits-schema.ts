import type { JsonSchema } from './require-schema.js';

/**
 * Whether a value surely fits a JSON Schema (2020-12). False means that it does not fit, or that the schema has a keyword that
 * is not known here: then ajv has the word, and the words for what is wrong. Most texts are right, and most commands then
 * need not load ajv, which takes longer than what they do.
 */
export function fitsSchema(schema: JsonSchema, value: unknown): boolean {
  for (const [keyword, argument] of Object.entries(schema)) {
    const test = Object.hasOwn(TESTS, keyword) ? TESTS[keyword] : undefined;
    if (test === undefined || !test(argument, value, schema)) return false;
  }
  return true;
}

/** Whether a value fits one keyword of a schema, by the keyword's argument. */
type Test = (argument: unknown, value: unknown, schema: JsonSchema) => boolean;

const ANYTHING: Test = () => true;

const TESTS: { readonly [keyword: string]: Test } = {
  $schema: ANYTHING,
  $id: ANYTHING,
  title: ANYTHING,
  description: ANYTHING,
  default: ANYTHING,
  type: (types, value) => listOf(types).some((type) => isOfType(type, value)),
  const: (only, value) => isSame(only, value),
  enum: (choices, value) => listOf(choices).some((choice) => isSame(choice, value)),
  anyOf: (schemas, value) => listOf(schemas).some((schema) => fitsSchema(schema as JsonSchema, value)),
  if: (_, value, schema) => fitsBranch(schema, value),
  // These two are looked at with their `if`.
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: (_, __, schema) => 'if' in schema,
  else: (_, __, schema) => 'if' in schema,
  minimum: (least, value) => typeof value !== 'number' || value >= Number(least),
  maximum: (most, value) => typeof value !== 'number' || value <= Number(most),
  minLength: (least, value) => typeof value !== 'string' || [...value].length >= Number(least),
  pattern: (pattern, value) => typeof value !== 'string' || new RegExp(String(pattern), 'u').test(value),
  minItems: (least, value) => !Array.isArray(value) || value.length >= Number(least),
  maxItems: (most, value) => !Array.isArray(value) || value.length <= Number(most),
  items: (schema, value) => !Array.isArray(value) || value.every((item) => fits(schema, item)),
  minProperties: (least, value) => !isObject(value) || Object.keys(value).length >= Number(least),
  maxProperties: (most, value) => !isObject(value) || Object.keys(value).length <= Number(most),
  required: (names, value) =>
    !isObject(value) || listOf(names).every((name) => Object.hasOwn(value, String(name))),
  propertyNames: (schema, value) =>
    !isObject(value) || Object.keys(value).every((name) => fits(schema, name)),
  properties: (schemas, value) =>
    !isObject(value) ||
    Object.entries(value).every(([name, each]) => {
      const schema = ownOf(schemas, name);
      return schema === undefined || fits(schema, each);
    }),
  additionalProperties: (argument, value, { properties }) =>
    !isObject(value) ||
    Object.entries(value).every(
      ([name, each]) => ownOf(properties, name) !== undefined || fits(argument, each),
    ),
};

/** A schema may be `true` or `false`, too. */
function fits(schema: unknown, value: unknown): boolean {
  return typeof schema === 'boolean' ? schema : fitsSchema(schema as JsonSchema, value);
}

/** A condition whose keywords are not all known cannot be told from one that is not met: its schema fits nothing then. */
function fitsBranch(schema: JsonSchema, value: unknown): boolean {
  const condition = schema.if as JsonSchema;
  if (!Object.keys(condition).every((keyword) => keyword === 'type')) return false;
  const branch = fitsSchema(condition, value) ? schema.then : schema.else;
  return branch === undefined || fits(branch, value);
}

function isOfType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return (type === 'string' || type === 'boolean') && typeof value === type;
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values that are no lists and no mappings are the same. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other && !(typeof one === 'object' && one !== null);
}

function ownOf(schemas: unknown, name: string): unknown {
  return isObject(schemas) && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
}

function listOf(argument: unknown): readonly unknown[] {
  return Array.isArray(argument) ? argument : [argument];
}
