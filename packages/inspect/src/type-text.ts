import type { TypeDescription } from '@statewright/serializers';

type Field = NonNullable<TypeDescription['fields']>[number];

/** Types whose class says more than their name. */
const NAMED = new Set([
  'pojo',
  'avro',
  'enum',
  'scala-enum',
  'case-class',
  'kryo',
  'java',
  'custom',
  'value',
]);
/** Children that stand for their position and need no name. */
const POSITIONAL = /^(?:key|value|namespace|element|left|right|f\d+|_\d+)$/;

/**
 * A type in the short syntax: `map<string, long>`, `pojo com.acme.Profile { name: string, tags: list<string> }`.
 * Below `depth` levels of named fields only their number is given: `pojo com.acme.Profile { 8 fields }`.
 */
export function typeText(type: TypeDescription, depth = Number.POSITIVE_INFINITY): string {
  const fields = shownFields(type);
  if (type.type === 'nullable' && fields.length === 1) return `${typeText(fields[0]!.type, depth)}?`;
  const head = typeHead(type);
  if (fields.length === 0) return head;
  if (isPositional(type)) {
    return `${head}<${fields.map((field) => typeText(field.type, depth) + nullMark(type, field)).join(', ')}>`;
  }
  if (depth <= 0) return `${head} { ${fields.length} ${fields.length === 1 ? 'field' : 'fields'} }`;
  const list = fields.map(
    (field) => `${field.name}: ${typeText(field.type, depth - 1)}${nullMark(type, field)}`,
  );
  return `${head} { ${list.join(', ')} }`;
}

/** Wrappers whose children of other names are always the same: a TTL value's time, a timer's timestamp. */
const WRAPPERS: { readonly [type: string]: readonly string[] } = {
  ttl: ['value'],
  timer: ['key', 'namespace'],
};

/** The children of a type that say something. */
export function shownFields(type: TypeDescription): readonly Field[] {
  const fields = type.fields ?? [];
  const shown = Object.hasOwn(WRAPPERS, type.type) ? WRAPPERS[type.type]! : undefined;
  return shown === undefined ? fields : fields.filter(({ name }) => shown.includes(name));
}

/** Whether children need no names: `map<…>`, `tuple<…>`, `union<…>`. */
export function isPositional(type: TypeDescription): boolean {
  return type.type === 'union' || shownFields(type).every(({ name }) => POSITIONAL.test(name));
}

/** Types whose fields may always be null, so that saying so says nothing. */
const ALWAYS_NULLABLE = new Set([
  'PojoSerializer',
  'RowSerializer',
  'MapSerializer',
  'SetSerializer',
  'NullableSerializer',
]);

/** `?` behind a child that may be null where another of its kind may not. */
export function nullMark(parent: TypeDescription, field: Field): string {
  return field.nullable === true && !ALWAYS_NULLABLE.has(parent.serializer) ? '?' : '';
}

/** The type's own name, with its class and parameters but without its children. */
export function typeHead(type: TypeDescription): string {
  const named = NAMED.has(type.type) || type.opaque !== undefined;
  const parameters = parametersOf(type);
  const base = `${type.type}${parameters}`;
  return named && type.class !== undefined ? `${base} ${type.class}` : base;
}

/** `(10, 2)` of a decimal, `(3)` of a timestamp, `(4)` of a fixed, `(timestamp-millis)` of a logical type. */
function parametersOf(type: TypeDescription): string {
  const { precision, scale, size, logicalType } = type.details ?? {};
  const numbers = [precision ?? (type.type === 'fixed' ? size : undefined), scale];
  const shown = numbers.filter((number) => typeof number === 'number').join(', ');
  const words = [...(typeof logicalType === 'string' ? [logicalType] : []), ...(shown === '' ? [] : [shown])];
  return words.length === 0 ? '' : `(${words.join(' ')})`;
}
