import type { TypeDescription } from '@statewright/serializers';

/** A type inside a type, and the path that leads there, for example `value > field tags > element`. */
export interface TypeNode {
  readonly path: string;
  readonly type: TypeDescription;
}

const RECORDS = new Set(['pojo', 'avro', 'row', 'case-class', 'tuple']);

/** A type and all that is in it, outermost first; paths as in `schema`. Subclasses of POJOs too. */
export function typeNodes(type: TypeDescription, path: string): TypeNode[] {
  const fields = (type.fields ?? []).flatMap(({ name, type: child }) => {
    const role = /^(?:key|value|element|left|right)$/.test(name) && !RECORDS.has(type.type);
    return typeNodes(child, `${path} > ${role ? name : `field ${name}`}`);
  });
  const subclasses = (type.subclasses ?? []).flatMap(({ name, type: child }) =>
    typeNodes(child, `${path} > subclass ${name}`),
  );
  return [{ path, type }, ...fields, ...subclasses];
}
