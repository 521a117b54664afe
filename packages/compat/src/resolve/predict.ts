import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import type { FlinkVersion } from '../verdict.js';
import {
  GENERIC_ARRAY,
  isKryo,
  isOldEither,
  isOldGenericArray,
  isPojo,
  JAVA_EITHER,
  LIST,
  MAP,
  SET,
  TWO_PHASE_COMMIT,
  TWO_PHASE_COMMIT_LEGACY,
} from './snapshot-kinds.js';

/**
 * Interfaces that a 2.x `TypeExtractor` gives serializers of their own where a 1.x one took Kryo, if their type arguments
 * are plain classes; a snapshot does not say what those were.
 */
const COLLECTIONS: ReadonlyMap<string, string> = new Map([
  ['java.util.List', LIST],
  ['java.util.Collection', LIST],
  ['java.lang.Iterable', LIST],
  ['java.util.Map', MAP],
  ['java.util.Set', SET],
]);

/**
 * The snapshot that the same job, unchanged, would write on another release: what to compare an old snapshot with when
 * there is no new job to look at, and what a snapshot of a 1.x job stands for when the target is 2.x. From 2.0 on, fields
 * that Kryo wrote as `List`, `Map` or `Set` have serializers of their own; their elements are not known, so that the
 * result is for comparing only. A snapshot class that the target does not have stays: reading the old snapshot fails.
 *
 * Follows `TypeExtractor#privateGetForClass`, Flink 1.20 and 2.3.
 */
export function predictOn(target: FlinkVersion, snapshot: SerializerSnapshot): SerializerSnapshot {
  return rewrite(snapshot, target.major >= 2, true);
}

function rewrite(snapshot: SerializerSnapshot, is2x: boolean, isTop: boolean): SerializerSnapshot {
  const className = isKryo(snapshot) && is2x && !isTop ? COLLECTIONS.get(snapshot.typeClass) : undefined;
  if (className !== undefined) return collectionOf(snapshot, className);
  const below = (child: SerializerSnapshot): SerializerSnapshot => rewrite(child, is2x, false);
  if (isPojo(snapshot)) return rewritePojo(snapshot, below);
  const nested = snapshot.nested.map(below);
  if (isOldGenericArray(snapshot)) {
    const outer = { outerVersion: 1, outer: snapshot.componentClass };
    return composite({ ...snapshot, className: GENERIC_ARRAY, nested }, outer);
  }
  if (isOldEither(snapshot)) {
    return composite({ ...snapshot, className: JAVA_EITHER, nested }, { outerVersion: 1, outer: undefined });
  }
  const isMoved = is2x && snapshot.className === TWO_PHASE_COMMIT;
  return { ...snapshot, className: isMoved ? TWO_PHASE_COMMIT_LEGACY : snapshot.className, nested };
}

function composite(
  snapshot: SerializerSnapshot,
  outer: { readonly outerVersion: number; readonly outer: unknown },
): SerializerSnapshot {
  return { ...snapshot, version: 3, ...outer };
}

/** Stands for the collection's serializer; what it holds is not known and is never looked at. */
function collectionOf(kryo: SerializerSnapshot, className: string): SerializerSnapshot {
  const nested = className === MAP ? [kryo, kryo] : [kryo];
  return composite({ className, version: 3, span: kryo.span, nested }, { outerVersion: 1, outer: undefined });
}

function rewritePojo(
  pojo: PojoSnapshot,
  below: (child: SerializerSnapshot) => SerializerSnapshot,
): SerializerSnapshot {
  const part = <P extends PojoPart>(entry: P): P => {
    return entry.value === undefined ? entry : { ...entry, value: below(entry.value) };
  };
  const fields = pojo.fields.map(part);
  const registeredSubclasses = pojo.registeredSubclasses.map(part);
  const otherSubclasses = pojo.otherSubclasses.map(part);
  const all: readonly PojoPart[] = [...fields, ...registeredSubclasses, ...otherSubclasses];
  const nested = all.flatMap(({ value }) => value ?? []);
  const rewritten: PojoSnapshot = { ...pojo, nested, fields, registeredSubclasses, otherSubclasses };
  return rewritten;
}

interface PojoPart {
  readonly value: SerializerSnapshot | undefined;
}
