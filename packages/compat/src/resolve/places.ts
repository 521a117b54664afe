import type { Answer, Place, Resolution, Target, Verdict } from '../verdict.js';
import type { Readability } from './comparison.js';

/** Where nothing but the new or the rebuilt serializer may read: no migration there. */
const NEVER_MIGRATED: readonly Place[] = ['key', 'namespace'];
/** Where RocksDB looks values up by the bytes of a serializer. */
const LOOKED_UP: readonly Place[] = ['key', 'namespace', 'user-key'];
/** Operator state is always on the heap, whatever the backend. */
const OPERATOR: readonly Place[] = ['operator-element', 'broadcast-key'];

/**
 * Whether Flink goes on with that verdict in that place. `unknown` for the verdict UNKNOWN.
 *
 * Follows the checks of `HeapKeyedStateBackend`, `HeapRestoreOperation`, `FullSnapshotRestoreOperation`,
 * `RocksDBKeyedStateBackend`, `RocksDBPriorityQueueSetFactory`, `HeapPriorityQueuesManager` and
 * `DefaultOperatorStateBackend`, Flink 1.20 and 2.3.
 */
export function restoresAt(place: Place, resolution: Resolution, target: Target): Answer {
  if (resolution.throws !== undefined || resolution.verdict === 'INCOMPATIBLE') return 'no';
  if (resolution.verdict === 'UNKNOWN') return 'unknown';
  if (resolution.verdict !== 'AFTER_MIGRATION') return 'yes';
  if (NEVER_MIGRATED.includes(place)) return 'no';
  return place === 'user-key' && target.backend === 'rocksdb' ? 'no' : 'yes';
}

/**
 * Which way of reading counts: the bytes themselves where the new serializer gets them (RocksDB without migration, and
 * keys), the old serializer's objects where it is the one that reads (heap, operator state, migration). RocksDB takes
 * timers that would have to be migrated and does not migrate them.
 */
export function readableAt(
  place: Place,
  verdict: Verdict,
  { bytes, objects }: Readability,
  target: Target,
): Answer {
  if (place === 'key') return bytes;
  if (OPERATOR.includes(place) || target.backend === 'hashmap') return objects;
  if (place === 'timer') return verdict === 'AFTER_MIGRATION' ? 'no' : bytes;
  return verdict === 'AFTER_MIGRATION' ? objects : bytes;
}

/** Whether RocksDB finds what is there by the bytes that the new serializer writes: then `misses` counts. */
export function isLookedUp(place: Place, target: Target): boolean {
  return target.backend === 'rocksdb' && LOOKED_UP.includes(place);
}

/** Whether a place makes the old serializer at all: keys are read by the new one from the start. */
export function restoresOldSerializer(place: Place): boolean {
  return place !== 'key';
}
