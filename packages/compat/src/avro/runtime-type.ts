import type { AvroSnapshot, AvroType } from '@statewright/serializers';

/** Classes for which Flink uses `GenericDatumReader`: the value keeps the schema it was read with. */
const GENERIC = new Set([
  'org.apache.avro.generic.GenericRecord',
  'org.apache.avro.generic.GenericData$Record',
]);

/** What a snapshot's values are in Java. */
export interface RuntimeType {
  /** Undefined for generic records. */
  readonly className: string | undefined;
  /** The snapshot says so; one of version 1 (Flink 1.7) does not. */
  readonly told: boolean;
}

/**
 * The class of the values. A snapshot of version 1 names none: Flink looks for the class of the schema's name and falls
 * back to generic records. It is taken to be what the new side has, if that has the schema's name; otherwise generic.
 * Follows `AvroSerializer#isGenericRecord` and `AvroSerializerSnapshot#readV1`, Flink 1.20 and 2.3.
 */
export function runtimeTypeOf(snapshot: AvroSnapshot, other: AvroSnapshot): RuntimeType {
  const { runtimeType, schema } = snapshot;
  if (runtimeType !== undefined) {
    return { className: GENERIC.has(runtimeType) ? undefined : runtimeType, told: true };
  }
  const name = 'name' in schema ? schema.name : undefined;
  return { className: name !== undefined && name === other.runtimeType ? name : undefined, told: false };
}

/**
 * Whether a class was generated from its schema (a `SpecificRecord`), and not the schema made from it by reflection: only
 * the compiler writes `avro.java.string`. False where nothing tells.
 */
export function isGenerated(schema: AvroType): boolean {
  return stringTypes(schema).size > 0;
}

/** The values of `avro.java.string` in a schema. */
export function stringTypes(schema: AvroType): ReadonlySet<string> {
  const found = new Set<string>();
  eachType(schema, ({ props }) => {
    const own = props.get('avro.java.string');
    if (typeof own === 'string') found.add(own);
  });
  return found;
}

/** Calls back once for every type of a schema, outermost first. */
export function eachType(schema: AvroType, use: (type: AvroType) => void): void {
  const seen = new Set<AvroType>();
  const visit = (type: AvroType): void => {
    if (seen.has(type)) return;
    seen.add(type);
    use(type);
    if (type.kind === 'array') visit(type.items);
    else if (type.kind === 'map') visit(type.values);
    else if (type.kind === 'union') type.branches.forEach(visit);
    else if (type.kind === 'record') for (const field of type.fields) visit(field.type);
  };
  visit(schema);
}
