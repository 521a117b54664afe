import type { TypeDescription } from '@statewright/serializers';
import type { OpaquePart } from './views.js';

/** The parts of a type that no snapshot explains, each with the path that leads there. */
export function opaqueParts(type: TypeDescription, path: string): OpaquePart[] {
  const own: OpaquePart[] =
    type.opaque === undefined
      ? []
      : [{ path, class: type.class ?? null, serializer: type.serializer, why: type.opaque }];
  const fields = (type.fields ?? []).flatMap((field) =>
    opaqueParts(field.type, `${path} > ${stepName(type, field.name)}`),
  );
  const subclasses = (type.subclasses ?? []).flatMap(({ name, type: subclass }) =>
    opaqueParts(subclass, `${path} > subclass ${name}`),
  );
  return [...own, ...fields, ...subclasses];
}

/** A record's child is a field; a collection's child is called by its role. */
function stepName(parent: TypeDescription, child: string): string {
  const byRole = /^(?:key|value|element|left|right)$/.test(child) && RECORDS.has(parent.type) === false;
  return byRole ? child : `field ${child}`;
}

const RECORDS = new Set(['pojo', 'avro', 'row', 'case-class', 'tuple']);
