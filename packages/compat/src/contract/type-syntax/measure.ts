import type { SerializerSnapshot } from '@statewright/serializers';

/** How many snapshots a tree has, and how many levels; one that stands in several places counts in each. */
export interface TreeSize {
  readonly nodes: number;
  readonly depth: number;
}

const sizes = new WeakMap<SerializerSnapshot, TreeSize>();

/** The size of a tree, without walking twice what several places share. Beyond 2^53 nodes the number is not exact. */
export function measure(snapshot: SerializerSnapshot): TreeSize {
  let size = sizes.get(snapshot);
  if (size === undefined) {
    const inner = snapshot.nested.map(measure);
    size = {
      nodes: inner.reduce((sum, { nodes }) => sum + nodes, 1),
      depth: inner.reduce((most, { depth }) => Math.max(most, depth), 0) + 1,
    };
    sizes.set(snapshot, size);
  }
  return size;
}
