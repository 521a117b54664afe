import type { KryoSnapshot } from '@statewright/serializers';
import { type Comparison, type Remark, remark, single } from '../comparison.js';
import { absentIn, kryoMaps } from '../reading.js';
import { isKryo } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family, type Pair } from './family.js';

/**
 * The same type; then each of three maps is merged, the old entries first: an entry that only the old job had must
 * still be readable, and where the old names are no prefix of the new ones the serializer is rebuilt. Which serializer
 * stands behind a name is not compared. Follows `KryoSerializerSnapshot#resolveSchemaCompatibility` and
 * `LinkedOptionalMap#mergeRightIntoLeft`, Flink 1.20 and 2.3.
 */
export const KRYO_FAMILY: Family = family({
  is: isKryo,
  resolve(pair) {
    const { old, now, path } = pair;
    if (!isKryo(old)) return changed(pair);
    if (old.typeClass !== now.typeClass) {
      const reason = `Kryo wrote ${old.typeClass}, but the new job has ${now.typeClass}`;
      return single({ path, code: 'kryo-type-changed', verdict: 'INCOMPATIBLE', reason }, old, now);
    }
    const lost = lostEntry(old, pair);
    if (lost !== undefined) {
      const reason = `the Kryo serializer for ${lost} cannot be read and the new job has none for it`;
      return single({ path, code: 'kryo-registrations-changed', verdict: 'INCOMPATIBLE', reason }, old, now);
    }
    return accepted(pair, old);
  },
});

/** An entry that neither the old snapshot (as the target reads it) nor the new one has a value for. */
function lostEntry(old: KryoSnapshot, { now, world }: Pair<KryoSnapshot>): string | undefined {
  const news = kryoMaps(now);
  for (const [i, map] of kryoMaps(old).entries()) {
    const absentNow = new Set(absentIn(news[i]!, world));
    const present = new Set(news[i]!.map(({ name }) => name).filter((name) => !absentNow.has(name)));
    const lost = absentIn(map, world).find((name) => !present.has(name));
    if (lost !== undefined) return lost;
  }
  return undefined;
}

function accepted(pair: Pair<KryoSnapshot>, old: KryoSnapshot): Comparison {
  const { now, path, world } = pair;
  const unknown = { path, bytes: 'unknown', objects: 'unknown' } as const;
  const remarks: Remark[] = [];
  const news = kryoMaps(now);
  const isPrefix = kryoMaps(old).every((map, i) => map.every(({ name }, j) => news[i]![j]?.name === name));
  const verdict = isPrefix ? 'AS_IS' : 'WITH_RECONFIGURED_SERIALIZER';
  const difference = registrationDifference(old, now);
  if (difference !== undefined || !isPrefix) {
    const reason =
      difference ?? 'the registrations with Kryo stand in another order; the old order is kept for the state';
    remarks.push(remark({ ...unknown, code: 'kryo-registrations-changed', verdict, reason }, old, now));
  }
  if (world.kryoCrossed === true) {
    const reason = `Kryo 2 of Flink 1.x wrote ${now.typeClass}, and Kryo 5 of Flink 2.x reads it: Flink does not notice, and only some values come back right`;
    remarks.push(remark({ ...unknown, code: 'kryo-2-under-kryo-5', verdict, reason }, old, now));
  } else {
    const reason = `Kryo writes ${now.typeClass} by its Java class, and no snapshot tells whether that has changed`;
    remarks.push(remark({ ...unknown, code: 'kryo-cannot-tell', verdict, reason }, old, now));
  }
  return { verdict, throws: undefined, bytes: 'unknown', objects: 'unknown', remarks };
}

/** The first registration that was added, removed, or has another serializer. */
function registrationDifference(old: KryoSnapshot, now: KryoSnapshot): string | undefined {
  const before = new Map(old.registrations.map(({ name, value }) => [name, value]));
  const after = new Map(now.registrations.map(({ name, value }) => [name, value]));
  for (const [name, value] of before) {
    if (!after.has(name))
      return `${name} was registered with Kryo and is not any more; its old number is kept`;
    const found = after.get(name);
    if (value?.kind !== found?.kind || serializerClass(value) !== serializerClass(found)) {
      return `${name} was registered with Kryo for ${serializerClass(value)}, and is for ${serializerClass(found)}: Flink does not compare them`;
    }
  }
  const added = [...after.keys()].filter((name) => !before.has(name));
  return added.length === 0
    ? undefined
    : `${added.join(', ')} was registered with Kryo since; the old numbers are kept`;
}

function serializerClass(value: KryoSnapshot['registrations'][number]['value']): string {
  if (value?.kind === 'class') return value.serializerClass;
  return value?.kind === 'instance' ? 'a serializer of its own' : "Kryo's default serializer";
}
