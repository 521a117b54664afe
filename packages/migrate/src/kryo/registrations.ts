import {
  DataInputView,
  describeJavaObject,
  isJavaObject,
  javaField,
  StatewrightError,
} from '@statewright/bytes';
import type { KryoSnapshot } from '@statewright/serializers';
import { BOXES, STRING } from './java-types.js';
import type { KryoGeneration } from './object-graph.js';

/** A class with an id, and the serializer that it was registered with, when that is not Kryo's own choice. */
export interface KryoId {
  readonly className: string;
  /** Java class of the serializer, or a phrase for it; undefined for the default one. */
  readonly serializer: string | undefined;
}

/** Kryo's own registrations, by id; `void` in Kryo 2 only. */
const BUILT_IN = ['int', STRING, 'float', 'boolean', 'byte', 'char', 'short', 'long', 'double', 'void'];

/** Ids of Scala's collections and tuples, where flink-scala is on the class path. Flink 1.20, `AllScalaRegistrar`. */
export const SCALA_IDS = { first: 10, last: 72 } as const;

/** The first id of `FlinkChillPackageRegistrar`, Flink 1.20 and 2.3, whose serializers are read as their classes are. */
const FIRST_CHILL = 73;
const CHILL = [
  'java.util.Arrays$ArrayList',
  'java.util.BitSet',
  'java.util.PriorityQueue',
  'java.util.regex.Pattern',
  'java.sql.Date',
  'java.sql.Time',
  'java.sql.Timestamp',
  'java.net.URI',
  'java.net.InetSocketAddress',
  'java.util.UUID',
  'java.util.Locale',
  'java.text.SimpleDateFormat',
];

/**
 * The classes that have ids. A class that has one already gets no second one unless it is registered with a serializer,
 * and takes no id away. Follows `KryoSerializer#getKryoInstance` and `KryoUtils#applyRegistrations`, Flink 1.20 and 2.3.
 */
export function kryoIds(generation: KryoGeneration, snapshot: KryoSnapshot): ReadonlyMap<number, KryoId> {
  const ids = new Map<number, KryoId>();
  const known = new Set<string>();
  const add = (id: number, className: string, serializer?: string): void => {
    ids.set(id, { className, serializer });
    known.add(className);
  };
  for (const [id, name] of BUILT_IN.slice(0, generation === 2 ? 10 : 9).entries()) add(id, name);
  for (const [, box] of BOXES) known.add(box);
  for (const [i, name] of CHILL.entries()) add(FIRST_CHILL + i, name);
  let next = FIRST_CHILL + CHILL.length;
  for (const { name, value } of snapshot.registrations) {
    const className = value?.registeredClass ?? name;
    const serializer = serializerOf(value);
    if (serializer === undefined && known.has(className)) continue;
    add(next++, className, serializer);
  }
  return ids;
}

function serializerOf(value: KryoSnapshot['registrations'][number]['value']): string | undefined {
  if (value === undefined) return 'a serializer that was missing when the snapshot was written';
  if (value.kind === 'class') return value.serializerClass;
  return value.kind === 'instance' ? serializerInstance(value.instance) : undefined;
}

/** What a serializer is called that stands as a Java object, Flink's `SerializableSerializer` around it. */
export function serializerInstance(bytes: Uint8Array): string {
  try {
    const wrapper = describeJavaObject(new DataInputView(bytes));
    const serializer = isJavaObject(wrapper) ? javaField(wrapper, 'serializer') : undefined;
    if (isJavaObject(serializer)) return serializer.description.name;
  } catch (error) {
    if (!(error instanceof StatewrightError)) throw error;
  }
  return 'an instance of a serializer';
}
