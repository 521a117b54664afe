import type { State } from '@statewright/savepoint';
import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';

/** Tells which class declares a field of a POJO: the POJO itself, or one that it extends. */
export type DeclaredBy = (pojo: string, field: string) => string;

const POJO = 'org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot';

/** Who declares the fields of the POJOs in a state's types. */
export function declaredBy({ valueSerializer, keySerializer, namespaceSerializer }: State): DeclaredBy {
  const owners = new Map<string, string>();
  const stack: SerializerSnapshot[] = [valueSerializer];
  if (keySerializer !== undefined) stack.push(keySerializer);
  if (namespaceSerializer !== undefined) stack.push(namespaceSerializer);
  for (let snapshot = stack.pop(); snapshot !== undefined; snapshot = stack.pop()) {
    stack.push(...snapshot.nested);
    if (!isPojo(snapshot)) continue;
    for (const { name, key } of snapshot.fields) {
      if (key !== undefined) owners.set(`${snapshot.pojoClass}#${name}`, key.declaringClass);
    }
  }
  return (pojo, field) => owners.get(`${pojo}#${field}`) ?? pojo;
}

function isPojo(snapshot: SerializerSnapshot): snapshot is PojoSnapshot {
  return snapshot.className === POJO && !('unreadable' in snapshot);
}
