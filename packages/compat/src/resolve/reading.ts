import type { KryoSnapshot, OptionalEntry, SerializerSnapshot } from '@statewright/serializers';
import { schemaProblem } from '../avro/schema-problems.js';
import { serializerName, simpleSerializerName } from './names.js';
import type { NoteCode } from './note-codes.js';
import { hasSnapshotClass, versionText } from './releases.js';
import { isAvro, isEnum, isKryo, isPojo } from './snapshot-kinds.js';
import type { World } from './world.js';

/** Why Flink throws when it reads an old snapshot in the new job. */
export interface ReadFailure {
  readonly code: NoteCode;
  readonly reason: string;
  /** The node that throws. */
  readonly at: SerializerSnapshot;
}

/**
 * Why reading an old snapshot throws, or undefined. Only what the two snapshots tell: whether a class that the new one
 * does not name is still on the classpath, nobody knows, and it is taken to be. POJO and Kryo swallow what is in their
 * optional maps, so nothing in them counts here. Follows `TypeSerializerSnapshot#readVersionedSnapshot`,
 * `EnumSerializerSnapshot#readSnapshot` and `PojoSerializerSnapshotData`, Flink 1.20 and 2.3.
 */
export function whyUnreadable(old: SerializerSnapshot, world: World): ReadFailure | undefined {
  const { version } = world.target;
  if (!hasSnapshotClass(version, old.className)) {
    const reason = `Flink ${versionText(version)} has no class ${old.className} and cannot read the snapshot of ${simpleSerializerName(old.className)}`;
    return { code: 'snapshot-class-gone', reason, at: old };
  }
  if (isEnum(old)) {
    const known = world.enumConstants.get(old.enumClass);
    const gone = known === undefined ? [] : old.constants.filter((constant) => !known.has(constant));
    if (gone.length > 0) {
      const reason = `the enum ${old.enumClass} has no ${gone.join(', ')} any more, and Flink cannot read a snapshot that names it`;
      return { code: 'enum-constant-removed', reason, at: old };
    }
  }
  if (isAvro(old)) {
    const problem = schemaProblem(old.schema);
    const reason = `Avro refuses the old schema when the new job reads it: ${problem?.reason}`;
    return problem === undefined ? undefined : { code: 'avro-schema-incompatible', reason, at: old };
  }
  if (isPojo(old) || isKryo(old)) return undefined;
  for (const nested of old.nested) {
    const failure = whyUnreadable(nested, world);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/**
 * Why `restoreSerializer` of an old snapshot throws, or undefined: something in an optional map could not be read. Every
 * backend makes the old serializer of a state, whatever the verdict is. Follows `PojoSerializerSnapshot#restoreSerializer`
 * and `KryoSerializerSnapshot#restoreSerializer`, Flink 1.20 and 2.3.
 */
export function whyNotRestorable(old: SerializerSnapshot, world: World): string | undefined {
  if (isPojo(old)) {
    for (const { name, value } of old.fields) {
      if (value === undefined || whyUnreadable(value, world) !== undefined) {
        return `the old serializer of ${old.pojoClass} cannot be restored because the snapshot of its field ${name} cannot be read`;
      }
    }
    for (const { name, key, value } of [...old.registeredSubclasses, ...old.otherSubclasses]) {
      if (key === undefined || value === undefined || whyUnreadable(value, world) !== undefined) {
        return `the old serializer of ${old.pojoClass} cannot be restored because its subclass ${name} cannot be read`;
      }
    }
  }
  if (isKryo(old)) {
    const lost = absentKryoEntries(old, world)[0];
    if (lost !== undefined) {
      return `the old ${serializerName(old)} cannot be restored because its Kryo serializer for ${lost} cannot be read`;
    }
  }
  for (const nested of old.nested) {
    const reason = whyNotRestorable(nested, world);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

const WRAPPER_1 = 'org.apache.flink.api.common.ExecutionConfig$SerializableSerializer';
const WRAPPER_2 = 'org.apache.flink.api.common.SerializableSerializer';

/**
 * Names of the entries of a Kryo snapshot that cannot be read: those that were absent when it was written, and the
 * Java-serialized serializers whose wrapper class is not in the target release (it was moved with 2.0).
 */
function absentKryoEntries(kryo: KryoSnapshot, world: World): readonly string[] {
  return kryoMaps(kryo).flatMap((map) => absentIn(map, world));
}

/** An entry of any optional map of a Kryo snapshot. */
type KryoEntry = OptionalEntry<unknown, unknown>;

/** The three optional maps of a Kryo snapshot, in file order. */
export function kryoMaps(kryo: KryoSnapshot): readonly (readonly KryoEntry[])[] {
  return [kryo.registrations, kryo.defaultSerializers, kryo.defaultSerializerClasses];
}

/** Names of the entries of one map that the target release reads as absent. */
export function absentIn(map: readonly KryoEntry[], world: World): readonly string[] {
  const wrapper = world.target.version.major >= 2 ? WRAPPER_1 : WRAPPER_2;
  const isGone = (value: unknown): boolean => {
    if (value === undefined) return true;
    const bytes = value instanceof Uint8Array ? value : (value as { instance?: Uint8Array }).instance;
    return bytes !== undefined && latin1(bytes).includes(wrapper);
  };
  return map.filter(({ key, value }) => key === undefined || isGone(value)).map(({ name }) => name);
}

/** Bytes as text, each byte a character, so that a class name in a Java object stream can be looked for. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
