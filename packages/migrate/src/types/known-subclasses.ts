import {
  type PojoSnapshot,
  type SerializerSnapshot,
  SNAPSHOT_FORMATS,
  type SnapshotFormat,
} from '@statewright/serializers';
import { isPojo, pojoWith } from './pojo.js';

const POJO_CLASS = 'org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot';

/** Whether a serializer tree has a POJO of a class. */
export function hasPojo(snapshot: SerializerSnapshot, className: string): boolean {
  if ('unreadable' in snapshot) return false;
  if (isPojo(snapshot) && snapshot.pojoClass === className) return true;
  return snapshot.nested.some((child) => hasPojo(child, className));
}

/** What a POJO's snapshot says of a subclass; undefined when it does not know it. */
export function subclassOf(pojo: PojoSnapshot, name: string): SerializerSnapshot | undefined {
  const known = [...pojo.registeredSubclasses, ...pojo.otherSubclasses];
  return known.find((entry) => entry.name === name)?.value;
}

/** The POJO with one more of the subclasses whose names stand in values; as it is when it knows that one. */
export function withSubclass(pojo: PojoSnapshot, name: string, value: SerializerSnapshot): PojoSnapshot {
  if (subclassOf(pojo, name) !== undefined) return pojo;
  const entry = { name, key: new Uint8Array(0), value };
  return pojoWith(pojo, { otherSubclasses: [...pojo.otherSubclasses, entry] });
}

/** The formats of a feed by which a POJO class's values may be of one more subclass. */
export function withSubclassReader(
  formats: readonly SnapshotFormat[],
  className: string,
  name: string,
  value: SerializerSnapshot,
): readonly SnapshotFormat[] {
  const has = (format: SnapshotFormat) => format.classNames.includes(POJO_CLASS);
  const pojo = formats.findLast(has) ?? SNAPSHOT_FORMATS.find(has)!;
  const codec: SnapshotFormat['codec'] = (snapshot, compiler) => {
    const own = snapshot as PojoSnapshot;
    return pojo.codec(own.pojoClass === className ? withSubclass(own, name, value) : own, compiler);
  };
  return [...formats, { ...pojo, codec }];
}
