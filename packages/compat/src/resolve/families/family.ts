import type { SerializerSnapshot } from '@statewright/serializers';
import type { Comparison } from '../comparison.js';
import type { World } from '../world.js';

/** Two nodes at one place of the two trees, and how to go on below them. */
export interface Pair<N extends SerializerSnapshot = SerializerSnapshot> {
  readonly old: SerializerSnapshot;
  readonly now: N;
  readonly path: readonly string[];
  readonly world: World;
  /** Compares two children; `label` is undefined where a wrapper is no step of the path. */
  below(old: SerializerSnapshot, now: SerializerSnapshot, label: string | undefined): Comparison;
}

/** What one snapshot class answers when it is the new one: the row of a family. */
export interface Family<N extends SerializerSnapshot = SerializerSnapshot> {
  readonly is: (now: SerializerSnapshot) => now is N;
  readonly resolve: (pair: Pair<N>) => Comparison;
}

/** Keeps the type of a row's snapshot inside the row. */
export function family<N extends SerializerSnapshot>(row: Family<N>): Family {
  return row as unknown as Family;
}
