import type {
  AvroSnapshot,
  CompositeSnapshot,
  EnumSnapshot,
  GenericTypeSnapshot,
  KryoSnapshot,
  SerializerSnapshot,
} from '@statewright/serializers';
import type { PlannedState } from '../job/planned-job.js';
import { avroNames, isAvro } from './avro-schema.js';
import { elementOf, userKeyOf } from './change-state.js';
import { isPojo } from './pojo.js';

const RUNTIME = 'org.apache.flink.api.java.typeutils.runtime.';
const BASE = 'org.apache.flink.api.common.typeutils.base.';
const SCALA = 'org.apache.flink.api.scala.typeutils.';

/** Snapshot class of Kryo. */
export const KRYO_CLASS = `${RUNTIME}kryo.KryoSerializerSnapshot`;
/** Snapshot classes of enums, of Java and of Scala. */
export const ENUM_CLASSES: readonly string[] = [
  `${BASE}EnumSerializer$EnumSerializerSnapshot`,
  `${SCALA}ScalaEnumSerializerSnapshot`,
];
/** Snapshot classes that hold the name of a class as their one own thing. */
export const CLASS_TEXTS: readonly string[] = [
  `${RUNTIME}TupleSerializerSnapshot`,
  `${SCALA}ScalaCaseClassSerializerSnapshot`,
  `${SCALA}Tuple2CaseClassSerializerSnapshot`,
  `${BASE}GenericArraySerializerSnapshot`,
];
/** Snapshot classes of types that write themselves. */
export const GENERIC_CLASSES: readonly string[] = ['Value', 'CopyableValue', 'Writable'].map(
  (name) => `${RUNTIME}${name}Serializer$${name}SerializerSnapshot`,
);

/** The Java classes and Avro records, enums and fixed types that one node of a serializer tree names itself. */
export function classesOfNode(node: SerializerSnapshot): readonly string[] {
  if ('unreadable' in node) return [];
  if (isPojo(node)) {
    const owners = node.fields.flatMap(({ key }) => key?.declaringClass ?? []);
    const subclasses = [...node.registeredSubclasses, ...node.otherSubclasses].map(({ name }) => name);
    return [node.pojoClass, ...owners, ...subclasses];
  }
  const { className } = node;
  if (ENUM_CLASSES.includes(className)) return [(node as EnumSnapshot).enumClass];
  if (CLASS_TEXTS.includes(className)) return [(node as CompositeSnapshot<string>).outer];
  if (GENERIC_CLASSES.includes(className)) return [(node as GenericTypeSnapshot).typeClass];
  if (className === KRYO_CLASS) {
    const { typeClass, registrations } = node as KryoSnapshot;
    return [typeClass, ...registrations.map(({ name }) => name)];
  }
  return isAvro(node) ? avroNames(node as AvroSnapshot) : [];
}

/** All classes that a serializer tree names. */
export function classesOf(snapshot: SerializerSnapshot): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: SerializerSnapshot): void => {
    for (const name of classesOfNode(node)) found.add(name);
    node.nested.forEach(visit);
  };
  visit(snapshot);
  return found;
}

/** All classes that the types of a state name, with `keys` those of its key and namespace, too. */
export function classesOfState(state: PlannedState, keys: boolean): ReadonlySet<string> {
  return new Set(typesOf(state, keys).flatMap((one) => [...classesOf(one)]));
}

/** The nodes of a state's types that name such a class themselves. */
export function nodesNaming(
  state: PlannedState,
  keys: boolean,
  isClass: (name: string) => boolean,
): readonly SerializerSnapshot[] {
  const nodesIn = (node: SerializerSnapshot): SerializerSnapshot[] => [node, ...node.nested.flatMap(nodesIn)];
  return typesOf(state, keys)
    .flatMap(nodesIn)
    .filter((node) => classesOfNode(node).some(isClass));
}

function typesOf(state: PlannedState, keys: boolean): readonly SerializerSnapshot[] {
  const { keySerializer, namespaceSerializer, valueSerializer } = state;
  const values = state.kind === 'timer' ? [] : [elementOf(state), userKeyOf(state)];
  const others = keys ? [keySerializer, namespaceSerializer, valueSerializer] : [];
  return [...values, ...others].filter((one) => one !== undefined);
}
