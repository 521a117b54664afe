import { type ReadFailure, whyUnreadable } from '../resolve/reading.js';
import { worldOf } from '../resolve/world.js';
import type { JobPair, OperatorPair, StatePair } from './pairs.js';

/** A serializer of a dropped state that the target release cannot read. */
export interface DroppedSerializer {
  /** As in paths: `key`, `namespace`, `user key`, `value`. */
  readonly label: string;
  readonly failure: ReadFailure;
}

/**
 * The serializers of a state that the new job no longer has and that Flink cannot read. All states of an operator stand in one
 * header, and their snapshots are read before anybody asks for a state: a class that is gone stops the restore of
 * states that nobody wants. Follows `KeyedBackendSerializationProxy#read` and `OperatorBackendSerializationProxy#read`, Flink 1.20
 * and 2.3. Empty where the operator itself is gone: Flink does not open its files.
 */
export function unreadableWhenDropped(
  { old, now }: Pick<StatePair, 'old' | 'now'>,
  operator: Pick<OperatorPair, 'now'>,
  { target }: Pick<JobPair, 'target'>,
): readonly DroppedSerializer[] {
  if (old === undefined || now !== undefined || operator.now === undefined) return [];
  const { key, namespace, userKey, value } = old;
  // Where the value's serializer has no known end, what stands in the namespace's place is that serializer.
  const parts = Object.entries({ value, namespace, 'user key': userKey, key });
  const told = new Set<number>();
  return parts.flatMap(([label, snapshot]): DroppedSerializer[] => {
    const failure = snapshot === undefined ? undefined : whyUnreadable(snapshot, worldOf(snapshot, target));
    if (failure === undefined || told.has(failure.at.span.start)) return [];
    told.add(failure.at.span.start);
    return [{ label, failure }];
  });
}
