import type {
  AvroSnapshot,
  CompositeSnapshot,
  EnumSnapshot,
  GenericTypeSnapshot,
  KryoRegistration,
  KryoSnapshot,
  OptionalEntry,
  PojoSnapshot,
  SerializerSnapshot,
} from '@statewright/serializers';
import { type Opaque, RecordValue } from '@statewright/serializers';
import { renameInAvro } from './avro-rename.js';
import { isAvro } from './avro-schema.js';
import { CLASS_TEXTS, ENUM_CLASSES, GENERIC_CLASSES, KRYO_CLASS } from './classes.js';
import { isPojo, pojoWith } from './pojo.js';
import { renameSubclasses } from './rename-subclasses.js';
import { renamed, rewritten, type TypeChange, type TypeRule } from './type-change.js';

/** The new name of a class; the same for one that keeps its own. */
export type Rename = (className: string) => string;

/** Which POJOs may hold instances of classes that their snapshots do not know. */
export type HoldsUnknown = (pojo: PojoSnapshot, isRenamed: boolean) => boolean;

/** A rule that gives classes other names, wherever a serializer names them, also inside of values. */
export function renameRule(rename: Rename, holdsUnknown: HoldsUnknown): TypeRule {
  const onOpaque = (value: Opaque) => renameSubclasses(value, rename);
  const withBytes = (change: TypeChange): TypeChange => ({ ...change, onOpaque });
  return (node) => {
    if (isPojo(node)) {
      const change = renamePojo(node, rename);
      if (!holdsUnknown(node, change !== undefined)) return change && withBytes(change);
      const open = change?.open ?? (() => (value: unknown) => value);
      return withBytes(rewritten(change?.snapshot ?? node, open));
    }
    if (isAvro(node)) {
      const change = renameInAvro(node as AvroSnapshot, rename);
      return change && withBytes(change);
    }
    const now = renameTexts(node, rename);
    return now === undefined ? undefined : renamed(now);
  };
}

const ARRAY_OF = /^(\[+L)(.*)(;)$/;

/** As `rename`, also for the class of an array: `[Lcom.acme.A;`. */
function renameText(text: string, rename: Rename): string {
  const array = ARRAY_OF.exec(text);
  return array === null ? rename(text) : `${array[1]}${rename(array[2]!)}${array[3]}`;
}

/** A snapshot that holds names of classes and writes none of them into values; undefined when it keeps them. */
function renameTexts(node: SerializerSnapshot, rename: Rename): SerializerSnapshot | undefined {
  const { className } = node;
  if (ENUM_CLASSES.includes(className)) {
    const { enumClass } = node as EnumSnapshot;
    const now = rename(enumClass);
    return now === enumClass ? undefined : ({ ...node, enumClass: now } as EnumSnapshot);
  }
  if (CLASS_TEXTS.includes(className)) {
    const { outer } = node as CompositeSnapshot<string>;
    const now = renameText(outer, rename);
    return now === outer ? undefined : ({ ...node, outer: now } as CompositeSnapshot<string>);
  }
  if (GENERIC_CLASSES.includes(className)) {
    const { typeClass } = node as GenericTypeSnapshot;
    const now = rename(typeClass);
    return now === typeClass ? undefined : ({ ...node, typeClass: now } as GenericTypeSnapshot);
  }
  return className === KRYO_CLASS ? renameKryo(node as KryoSnapshot, rename) : undefined;
}

/** Values hold the ids of registered classes; names of others stand in bytes that are not read, see docs. */
function renameKryo(snapshot: KryoSnapshot, rename: Rename): KryoSnapshot | undefined {
  const text = (name: string) => renameText(name, rename);
  const entry = <V>({ name, key, value }: OptionalEntry<string, V>, to: (value: V) => V) => ({
    name: text(name),
    key: key === undefined ? undefined : text(key),
    value: value === undefined ? undefined : to(value),
  });
  const registration = (value: KryoRegistration): KryoRegistration => {
    const registeredClass = text(value.registeredClass);
    return value.kind === 'class'
      ? { ...value, registeredClass, serializerClass: text(value.serializerClass) }
      : { ...value, registeredClass };
  };
  const now: KryoSnapshot = {
    ...snapshot,
    typeClass: text(snapshot.typeClass),
    registrations: snapshot.registrations.map((one) => entry(one, registration)),
    defaultSerializers: snapshot.defaultSerializers.map((one) => entry(one, (bytes) => bytes)),
    defaultSerializerClasses: snapshot.defaultSerializerClasses.map((one) => entry(one, text)),
  };
  return kryoNames(now) === kryoNames(snapshot) ? undefined : now;
}

function kryoNames({ typeClass, registrations, ...others }: KryoSnapshot): string {
  const names = [registrations, others.defaultSerializers, others.defaultSerializerClasses].map((entries) =>
    entries.map(({ name, value }) => [
      name,
      typeof value === 'string'
        ? value
        : value !== undefined && 'kind' in value
          ? { ...value, instance: 0 }
          : 0,
    ]),
  );
  return JSON.stringify([typeClass, names]);
}

/**
 * The class, the classes that declare its fields, and its subclasses. A registered subclass is a number in values; the name
 * of any other stands in each value that is of it.
 */
function renamePojo(pojo: PojoSnapshot, rename: Rename): TypeChange | undefined {
  const subclass = <E extends { readonly name: string }>(entry: E): E => ({
    ...entry,
    name: rename(entry.name),
  });
  const now = pojoWith(pojo, {
    pojoClass: rename(pojo.pojoClass),
    fields: pojo.fields.map(({ key, ...field }) => ({
      ...field,
      key: key && { ...key, declaringClass: rename(key.declaringClass) },
    })),
    registeredSubclasses: pojo.registeredSubclasses.map(subclass),
    otherSubclasses: pojo.otherSubclasses.map(subclass),
  });
  const changes = (a: readonly { name: string }[], b: readonly { name: string }[]) =>
    a.some(({ name }, i) => name !== b[i]!.name);
  const tags = changes(pojo.registeredSubclasses, now.registeredSubclasses);
  const names = changes(pojo.otherSubclasses, now.otherSubclasses);
  if (!tags && !names) {
    const owners = ({ pojoClass, fields }: PojoSnapshot) =>
      JSON.stringify([pojoClass, fields.map(({ key }) => key?.declaringClass)]);
    return owners(pojo) === owners(now) ? undefined : renamed(now);
  }
  const change = rewritten(now, () => (value) => {
    if (!(value instanceof RecordValue) || value.subclass === undefined) return value;
    return new RecordValue(value.shape, value.fields, rename(value.subclass));
  });
  return { ...change, keepsBytes: !names };
}
