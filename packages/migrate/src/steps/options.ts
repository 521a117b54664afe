import type { JsonSchema } from '@statewright/compat';

/** A text option. */
export function text(description: string, extra: JsonSchema = {}): JsonSchema {
  return { type: 'string', minLength: 1, description, ...extra };
}

/** A whole number, both ends included. */
export function count(description: string, minimum: number, maximum: number): JsonSchema {
  return { type: 'integer', minimum, maximum, description };
}

/** Options by name as a JSON Schema: those of `required` must be there, others are unknown. */
export function options(
  properties: { readonly [name: string]: JsonSchema },
  required: readonly string[],
): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** `operator` of all steps that name one. */
export const OPERATOR = text('operator by uid, name or hash prefix');

/** `state` of all steps that name one. */
export const STATE = text('state as OPERATOR/STATE; the operator by uid, name or hash prefix');

/** Where a step that names a class applies; without it everywhere. */
export const WITHIN = text(
  'only in this state (OPERATOR/STATE) or operator; default: wherever the class occurs',
);

/** Which entries a step concerns; without it all. */
export const WHERE = text(
  'CEL condition on key, ns, value, userKey, ttl, keyGroup: only entries for which it is true',
);

/** Which key groups a step concerns, both ends included; without it all. */
export const KEY_GROUPS: JsonSchema = {
  type: 'array',
  items: { type: 'integer', minimum: 0, maximum: 32767 },
  minItems: 2,
  maxItems: 2,
  description: 'first and last key group, both included',
};

/** `class` of all steps that name one. */
export const CLASS = text('Java class (binary name, nested classes with $), or full name of an Avro type');

/** `field` of all steps that name one. */
export const FIELD = text('name of the field');

/** A type in the contract's syntax. */
export const TYPE = text(
  'type in the syntax of contracts, for example int, list<string>, pojo com.acme.A { x: int }',
);

/** Whether a step is for keys, too. */
export const KEYS: JsonSchema = {
  type: 'boolean',
  description: 'true: in keys and namespaces, too; default: false',
};

/** What becomes the key of a map. */
export const MAP_KEY = text(
  'field of the elements that becomes the key (a.b, f0), or CEL on value beside keyType',
);

/** The type of such a key where an expression makes it. */
export const MAP_KEY_TYPE = text(
  'type of the key in the syntax of contracts; key then is CEL on value, the element',
);

/** What becomes the value of a map. */
export const MAP_VALUE = text('field of the elements that becomes the value; default: the whole element');

/** What happens to values with the same key. */
export const DUPLICATES: JsonSchema = {
  enum: ['fail', 'first', 'last'],
  description: 'of several values with the same key: fail (default), or keep the first or the last',
};

/** What happens to an element that gives no key. */
export const NO_KEY: JsonSchema = {
  enum: ['fail', 'skip'],
  description: 'an element whose key is null or cannot be told: fail (default), or skip: it is left out',
};
