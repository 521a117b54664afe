import type { State } from '@statewright/savepoint';
import {
  describeSerializer,
  type SerializerSnapshot,
  type SnapshotFormat,
  type TypeDescription,
} from '@statewright/serializers';

/** Gives a serializer's type, once per snapshot. */
export type Describe = (snapshot: SerializerSnapshot) => TypeDescription;

/** A `Describe` over the given formats, or Flink's own. */
export function describer(formats?: readonly SnapshotFormat[]): Describe {
  const known = new WeakMap<SerializerSnapshot, TypeDescription>();
  return (snapshot) => {
    let type = known.get(snapshot);
    if (type === undefined) {
      type = describeSerializer(snapshot, formats);
      known.set(snapshot, type);
    }
    return type;
  };
}

/** The type of a state's namespace; undefined where there is none to speak of (operator state, VoidNamespace). */
export function namespaceOf(state: State, describe: Describe): TypeDescription | undefined {
  const { namespaceSerializer } = state;
  if (namespaceSerializer === undefined || isVoid(namespaceSerializer)) return undefined;
  return describe(namespaceSerializer);
}

function isVoid(snapshot: SerializerSnapshot): boolean {
  return snapshot.className.includes('VoidNamespaceSerializer');
}
