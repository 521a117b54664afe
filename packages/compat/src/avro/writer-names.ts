import type { AvroField, AvroRecord, AvroType } from '@statewright/serializers';

/** The writer's names as a reader's aliases rewrite them. */
export interface WriterNames {
  /** Full name of a named type. */
  type(name: string): string;
  field(record: AvroRecord, field: AvroField): string;
}

/**
 * The aliases of a reader's schema: those of a type by the type's old full name, those of a field by the full name that
 * its record has after that. Follows `Schema#getAliases` and `#applyAliases`, Avro 1.11.4.
 */
export function aliasesOfReader(reader: AvroType): WriterNames {
  const types = new Map<string, string>();
  const fields = new Map<string, Map<string, string>>();
  collect(reader, types, fields, new Set());
  const type = (name: string): string => types.get(name) ?? name;
  return {
    type,
    field: (record, { name }) => fields.get(type(record.name))?.get(name) ?? name,
  };
}

function collect(
  start: AvroType,
  types: Map<string, string>,
  fields: Map<string, Map<string, string>>,
  seen: Set<AvroType>,
): void {
  const visit = (type: AvroType): void => {
    if ('name' in type) for (const alias of type.aliases) types.set(alias, type.name);
    if (type.kind === 'array') visit(type.items);
    else if (type.kind === 'map') visit(type.values);
    else if (type.kind === 'union') type.branches.forEach(visit);
    else if (type.kind === 'record' && !seen.has(type)) {
      seen.add(type);
      record(type);
    }
  };
  const record = (type: AvroRecord): void => {
    for (const field of type.fields) {
      for (const alias of field.aliases) {
        const own = fields.get(type.name) ?? new Map<string, string>();
        fields.set(type.name, own.set(alias, field.name));
      }
      visit(field.type);
    }
    const own = fields.get(type.name);
    if (own !== undefined) for (const alias of type.aliases) fields.set(alias, own);
  };
  visit(start);
}
