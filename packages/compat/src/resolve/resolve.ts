import type { SerializerSnapshot } from '@statewright/serializers';
import type { Answer, PathNote, Place, Resolution, Target } from '../verdict.js';
import { compareSnapshots } from './compare.js';
import { type Comparison, type Remark, worst } from './comparison.js';
import { isLookedUp, readableAt, restoresAt, restoresOldSerializer } from './places.js';
import { whyNotRestorable } from './reading.js';
import { isAtLeast } from './releases.js';
import { MAP } from './snapshot-kinds.js';
import { wrapForTtl, wrapsForTtl } from './ttl-wrapping.js';
import { type World, worldOf } from './world.js';

/** Where a pair of snapshots stands, as far as it matters. */
export interface PlaceOptions {
  /** Default `value`. */
  readonly place?: Place;
  /** The value is the map serializer of a MapState, whose keys RocksDB cannot migrate. Default false. */
  readonly isMapState?: boolean;
}

/** What a backend makes of two snapshots in one place. */
export interface PlacedResolution extends Resolution {
  /** Whether Flink goes on there. */
  readonly restores: Answer;
}

/**
 * What `TypeSerializerSnapshot#resolveSchemaCompatibility` of the target release answers when the new job's snapshot is
 * asked about the old one. Where reading the old snapshot or the check itself throws, the verdict is INCOMPATIBLE and
 * `throws` says so; where only the old serializer cannot be made, the verdict is Flink's and `throws` says so too.
 * `readable` holds for a value on the target's backend unless another place is given.
 *
 * A port of the snapshots' rules of Flink 1.18 (where the old snapshot was asked), 1.20 and 2.3; a class that the new
 * snapshot does not name is taken to be still there.
 */
export function resolveSchemaCompatibility(
  old: SerializerSnapshot,
  now: SerializerSnapshot,
  target: Target,
  place: Place = 'value',
): Resolution {
  const world = worldOf(now, target);
  return asResolution(compareSnapshots(old, now, world), old, world, place);
}

/**
 * What a state backend of the target release makes of the two in a place. Since 2.1 it compares as if TTL could be
 * turned on and off, which also tells lists and maps from other composites, so that the verdict may be another than
 * that of `resolveSchemaCompatibility`; the key of a MapState is a part of what is compared so, and itself is not. Follows `StateSerializerProvider`, Flink 1.20, 2.0, 2.1 and 2.3.
 */
export function resolveInPlace(
  old: SerializerSnapshot,
  now: SerializerSnapshot,
  target: Target,
  { place = 'value', isMapState = false }: PlaceOptions = {},
): PlacedResolution {
  const world = worldOf(now, target);
  const wraps = wrapsForTtl(target) && place !== 'user-key';
  const compared = compareSnapshots(wraps ? wrapForTtl(old) : old, wraps ? wrapForTtl(now) : now, world);
  const resolution = asResolution(compared, old, world, place);
  const refused =
    heapRefusesTtlChange(compared, target, place) ??
    (isMapState && place === 'value' ? userKeyRefused(old, now, resolution, world) : undefined);
  const answer = restoresAt(place, resolution, target);
  if (refused !== undefined && answer !== 'no') return { ...resolution, throws: refused, restores: 'no' };
  const dies = answer === 'yes' && migrates(compared, target, place) ? worstDeath(compared) : 'no';
  return { ...resolution, restores: dies === 'no' ? answer : dies === 'yes' ? 'no' : 'unknown' };
}

/** Whether RocksDB rewrites every value while it restores; the heap writes them with the next snapshot. */
function migrates({ verdict }: Comparison, { backend }: Target, place: Place): boolean {
  return backend === 'rocksdb' && verdict === 'AFTER_MIGRATION' && place === 'value';
}

/** Whether a value that cannot be written stops the migration; with no value at all, nothing does. */
function worstDeath({ remarks }: Comparison): Answer {
  const deaths = remarks.map(({ dies }) => dies);
  return deaths.includes('yes') ? 'yes' : deaths.includes('unknown') ? 'unknown' : 'no';
}

/** The heap of 2.1 compares as if TTL could change, and then refuses to; 2.2 learned it. */
function heapRefusesTtlChange(compared: Comparison, target: Target, place: Place): string | undefined {
  if (target.backend !== 'hashmap' || place !== 'value' || isAtLeast(target.version, 2, 2)) return undefined;
  const flips = compared.remarks.some(
    ({ code, old }) => (code === 'ttl-turned-on' || code === 'ttl-turned-off') && old !== undefined,
  );
  return flips && compared.verdict === 'AFTER_MIGRATION'
    ? 'the heap backend of this release cannot turn TTL on or off for restored state'
    : undefined;
}

/** RocksDB migrates the values of a MapState only when its keys need nothing at all. */
function userKeyRefused(
  old: SerializerSnapshot,
  now: SerializerSnapshot,
  { verdict }: Resolution,
  world: World,
): string | undefined {
  const bothMaps = old.className === MAP && now.className === MAP;
  if (!bothMaps || verdict !== 'AFTER_MIGRATION' || world.target.backend !== 'rocksdb') return undefined;
  const key = compareSnapshots(old.nested[0]!, now.nested[0]!, world).verdict;
  if (key === 'AS_IS') return undefined;
  return 'RocksDB migrates the values of a map state only when its keys are compatible as they are';
}

function asResolution(compared: Comparison, old: SerializerSnapshot, world: World, place: Place): Resolution {
  const { verdict, remarks } = compared;
  const restoring = restoresOldSerializer(place) ? whyNotRestorable(old, world) : undefined;
  const throws = compared.throws ?? restoring;
  const lookedUp = isLookedUp(place, world.target);
  const counts = remarks.filter(({ misses }) => misses === 'no' || lookedUp);
  const notes = counts.map((said): PathNote => {
    const { bytes, objects, dies: _, misses, ...told } = said;
    const read = readableAt(place, verdict, { bytes, objects }, world.target);
    return { ...told, readable: worst([read, found(misses)]) };
  });
  const isLost = throws !== undefined || verdict === 'INCOMPATIBLE';
  const read = readableAt(place, verdict, compared, world.target);
  const readable = isLost ? 'no' : worst([read, ...counts.map(({ misses }) => found(misses))]);
  return { verdict, throws, readable, notes };
}

function found(misses: Remark['misses']): Answer {
  return misses === 'yes' ? 'no' : misses === 'no' ? 'yes' : 'unknown';
}
