import type { AvroEnum, AvroField, AvroJson, AvroRecord, AvroType } from '@statewright/serializers';
import { shown, simpleNameOf, typeText } from './type-text.js';

/** What Avro refuses in a schema that could be read as a tree, and where in its text it stands (UTF-16 units). */
export interface SchemaProblem {
  readonly at: number;
  readonly end: number;
  /** One sentence without a full stop. */
  readonly reason: string;
}

/** Java's letters and digits are single UTF-16 units. */
const NAME = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
const SURROGATE = /[\ud800-\udfff]/;
/** A Java array has no more elements. */
const MAX_FIXED = 0x7fffffff - 8;

/**
 * The first thing that `Schema.Parser` refuses although values could be read: names with other characters than letters,
 * digits and `_`, a default that is no value of its type, an enum's default that is no symbol. A job that meets such a
 * schema in a snapshot cannot restore it. Follows `org.apache.avro.Schema#validateName`, `#isValidDefault` and
 * `EnumSchema`, Avro 1.11.4.
 */
export function schemaProblem(schema: AvroType): SchemaProblem | undefined {
  return problemOf(schema, { seen: new Set(), open: new Set() });
}

interface Walk {
  readonly seen: Set<AvroType>;
  /** Records whose fields are not complete yet: Avro cannot check a default against them. */
  readonly open: Set<AvroType>;
}

function problemOf(type: AvroType, walk: Walk): SchemaProblem | undefined {
  if (walk.seen.has(type)) return undefined;
  walk.seen.add(type);
  const wrong = 'name' in type ? namesProblem(type.name, type.aliases) : undefined;
  if (wrong !== undefined) return { ...placeOf(type), reason: wrong };
  switch (type.kind) {
    case 'array':
      return problemOf(type.items, walk);
    case 'map':
      return problemOf(type.values, walk);
    case 'union':
      return firstProblem(type.branches, (branch) => problemOf(branch, walk));
    case 'enum':
      return enumProblem(type);
    case 'fixed':
      if (type.size <= MAX_FIXED) return undefined;
      return { ...placeOf(type), reason: `the fixed ${shown(type.name)} has more than ${MAX_FIXED} bytes` };
    case 'record':
      return recordProblem(type, walk);
    default:
      return undefined;
  }
}

function recordProblem(type: AvroRecord, walk: Walk): SchemaProblem | undefined {
  walk.open.add(type);
  const problem = firstProblem(type.fields, (field) => {
    return problemOf(field.type, walk) ?? fieldProblem(field, walk);
  });
  walk.open.delete(type);
  return problem;
}

function fieldProblem(field: AvroField, walk: Walk): SchemaProblem | undefined {
  if (!isName(field.name)) return { ...placeOf(field), reason: badName(field.name) };
  if (field.default === undefined || isValueOf(field.default, field.type, walk.open)) return undefined;
  const reason = `the default of the field ${shown(field.name)} is no value of ${typeText(field.type)}`;
  return { ...placeOf(field), reason };
}

function enumProblem(type: AvroEnum): SchemaProblem | undefined {
  const wrong = type.symbols.find((symbol) => !isName(symbol));
  if (wrong !== undefined) return { ...placeOf(type), reason: badName(wrong) };
  if (type.default === undefined || type.symbols.includes(type.default)) return undefined;
  const reason = `the default ${shown(type.default)} of the enum ${shown(type.name)} is none of its symbols`;
  return { ...placeOf(type), reason };
}

function firstProblem<T>(
  parts: readonly T[],
  find: (part: T) => SchemaProblem | undefined,
): SchemaProblem | undefined {
  for (const part of parts) {
    const problem = find(part);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function placeOf({ at, end }: { readonly at: number; readonly end: number }) {
  return { at, end };
}

function namesProblem(name: string, aliases: readonly string[]): string | undefined {
  const wrong = [name, ...aliases].map(simpleNameOf).find((one) => !isName(one));
  return wrong === undefined ? undefined : badName(wrong);
}

function isName(name: string): boolean {
  return NAME.test(name) && !SURROGATE.test(name);
}

function badName(name: string): string {
  return `${JSON.stringify(shown(name))} is no name: Avro's have letters, digits and _, and begin with no digit`;
}

function isValueOf(value: AvroJson | undefined, type: AvroType, open: ReadonlySet<AvroType>): boolean {
  switch (type.kind) {
    case 'primitive':
      return isPrimitive(value, type.type);
    case 'enum':
    case 'fixed':
      return typeof value === 'string';
    case 'array':
      return Array.isArray(value) && value.every((item) => isValueOf(item, type.items, open));
    case 'map':
      return value instanceof Map && [...value.values()].every((item) => isValueOf(item, type.values, open));
    case 'union':
      return isValueOf(value, type.branches[0]!, open);
    case 'record': {
      if (!(value instanceof Map) || open.has(type)) return false;
      const members: ReadonlyMap<string, AvroJson> = value;
      return type.fields.every(({ name, type: of, default: own }) => {
        return isValueOf(members.has(name) ? members.get(name) : own, of, open);
      });
    }
  }
}

function isPrimitive(
  value: AvroJson | undefined,
  type: Extract<AvroType, { kind: 'primitive' }>['type'],
): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'int':
      return typeof value === 'bigint' && BigInt.asIntN(32, value) === value;
    case 'long':
      return typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
    case 'float':
    case 'double':
      return typeof value === 'bigint' || typeof value === 'number';
    default:
      return typeof value === 'string';
  }
}
