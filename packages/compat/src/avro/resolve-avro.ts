import type { AvroSnapshot } from '@statewright/serializers';
import type { Answer, Resolution, Target } from '../verdict.js';
import { compareAvro } from './compare-avro.js';

/**
 * What Flink resolves for two snapshots of `AvroSerializer` that stand alone as the value of a state, and whether the
 * values come back right on the target's backend. Follows `AvroSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export function resolveAvro(old: AvroSnapshot, now: AvroSnapshot, target: Target): Resolution {
  const { verdict, throws, bytes, objects, remarks } = compareAvro(old, now, target);
  /** In memory the old serializer has read everything; RocksDB uses it only to migrate. */
  const counts = (one: { readonly bytes: Answer; readonly objects: Answer }): Answer =>
    verdict === 'AFTER_MIGRATION' || target.backend === 'hashmap' ? one.objects : one.bytes;
  return {
    verdict,
    throws,
    readable: counts({ bytes, objects }),
    notes: remarks.map(({ bytes: ofBytes, objects: ofObjects, dies: _, misses: __, ...note }) => ({
      ...note,
      readable: counts({ bytes: ofBytes, objects: ofObjects }),
    })),
  };
}
