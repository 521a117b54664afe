import type { SerializerSnapshot } from '@statewright/serializers';
import type { StateDeclaration } from '../schema/job-schema.js';
import type { Place, Resolution, Target } from '../verdict.js';
import type { PlacePair } from './pairs.js';
import type { Resolver } from './resolver.js';
import { kindsDiffer, spaceOf } from './spaces.js';

/** A place with its serializers on both sides. */
interface Sides {
  readonly place: Place;
  readonly label: string;
  readonly old: SerializerSnapshot | undefined;
  readonly now: SerializerSnapshot | undefined;
}

/**
 * The places of a state in the order in which Flink looks at them: the key when the backend is restored, then namespace and
 * value when the job asks for the state. A place that one side does not tell is left out, and so is the value of a state
 * whose kind changed: Flink never comes so far.
 */
export function placePairs(
  old: StateDeclaration,
  now: StateDeclaration,
  target: Target,
  resolver: Resolver,
): readonly PlacePair[] {
  return sidesOf(old, now).flatMap(({ place, label, old: before, now: after }) => {
    if (before === undefined || after === undefined) return [];
    const isMapState = old.kind === 'map' && !old.stateV2;
    const resolution = resolver.resolve(before, after, target, { place, isMapState });
    return [{ place, label, old: before, now: after, resolution }];
  });
}

function sidesOf(old: StateDeclaration, now: StateDeclaration): readonly Sides[] {
  const space = spaceOf(old);
  if (kindsDiffer(old, now) && space !== 'keyed') return [];
  const value = (place: Place, label: string): Sides => ({ place, label, old: old.value, now: now.value });
  const key = (place: Place): Sides => ({ place, label: 'key', old: old.key, now: now.key });
  if (space === 'timer') return [key('key'), value('timer', 'timer')];
  if (space === 'list') return [value('operator-element', 'element')];
  if (space === 'broadcast') return [key('broadcast-key'), value('operator-element', 'value')];
  const namespace: Sides = {
    place: 'namespace',
    label: 'namespace',
    old: old.namespace,
    now: now.namespace,
  };
  if (kindsDiffer(old, now)) return [key('key'), namespace];
  const userKey: Sides = { place: 'user-key', label: 'user key', old: old.userKey, now: now.userKey };
  return [key('key'), namespace, userKey, value('value', 'value')];
}

/** Whether a resolution says nothing at all: the same type on both sides. */
export function isSameType({ verdict, throws, notes }: Resolution): boolean {
  return verdict === 'AS_IS' && throws === undefined && notes.every(({ code }) => HARMLESS.has(code));
}

/** What is said of types that did not change. */
const HARMLESS: ReadonlySet<string> = new Set(['kryo-cannot-tell', 'custom-cannot-tell']);
