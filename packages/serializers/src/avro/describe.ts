import type { TypeDescription } from '../model.js';
import { type AvroRecord, type AvroType, type AvroUnion, branchName } from './schema.js';

const SERIALIZER = 'AvroSerializer';

/** The type as `schema` shows it. A named type is spelled out where it first occurs, and is a name after that. */
export function describeAvro(type: AvroType, seen: Set<AvroType> = new Set()): TypeDescription {
  const details = detailsOf(type);
  const base = { serializer: SERIALIZER, ...(details === undefined ? {} : { details }) };
  switch (type.kind) {
    case 'primitive':
      return { type: type.type, ...base };
    case 'enum':
    case 'fixed':
      return { type: type.kind, class: type.name, ...base };
    case 'array':
      return { type: 'array', ...base, fields: [{ name: 'element', ...child(type.items, seen) }] };
    case 'map':
      return { type: 'map', ...base, fields: [KEY, { name: 'value', ...child(type.values, seen) }] };
    case 'union':
      return { type: 'union', ...base, fields: branches(type, seen) };
    case 'record':
      return { type: 'record', class: type.name, ...base, ...recordFields(type, seen) };
  }
}

const KEY = { name: 'key', type: { type: 'string', serializer: SERIALIZER } };

function recordFields(type: AvroRecord, seen: Set<AvroType>): Pick<TypeDescription, 'fields' | 'details'> {
  if (seen.has(type)) return { details: { describedAbove: true } };
  seen.add(type);
  return { fields: type.fields.map((field) => ({ name: field.name, ...child(field.type, seen) })) };
}

function branches(type: AvroUnion, seen: Set<AvroType>): NonNullable<TypeDescription['fields']> {
  return type.branches.map((branch) => ({ name: branchName(branch), type: describeAvro(branch, seen) }));
}

/** A union of null and one other type is that type, nullable. */
function child(type: AvroType, seen: Set<AvroType>): { type: TypeDescription; nullable?: boolean } {
  if (type.kind === 'union' && type.branches.length === 2) {
    const other = type.branches.filter((branch) => !isNull(branch));
    if (other.length === 1) return { type: describeAvro(other[0]!, seen), nullable: true };
  }
  return { type: describeAvro(type, seen) };
}

function isNull(type: AvroType): boolean {
  return type.kind === 'primitive' && type.type === 'null';
}

function detailsOf(type: AvroType): { readonly [name: string]: unknown } | undefined {
  const details: { [name: string]: unknown } = {};
  if (type.kind === 'enum') details.symbols = type.symbols;
  if (type.kind === 'fixed') details.size = type.size;
  if (type.logicalType !== undefined) {
    const { name, precision, scale } = type.logicalType;
    details.logicalType = name;
    if (precision !== undefined) details.precision = precision;
    if (scale !== undefined) details.scale = scale;
  }
  return Object.keys(details).length === 0 ? undefined : details;
}
