import type { StateEntry } from '@statewright/savepoint';
import { MapValue } from '@statewright/serializers';

/** What statistics take from one entry. */
export interface Measured {
  readonly keyGroup: number | undefined;
  readonly subtask: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
  /** Of a list or a map. */
  readonly elements: number | undefined;
  /** Of a timer. */
  readonly dueMillis: bigint | undefined;
  readonly opaqueBytes: number;
}

/** An entry and one that continues it, as one. */
export function joinMeasured(first: Measured, more: Measured): Measured {
  return {
    ...first,
    valueBytes: first.valueBytes + more.valueBytes,
    elements: (first.elements ?? 0) + (more.elements ?? 0),
    opaqueBytes: first.opaqueBytes + more.opaqueBytes,
  };
}

/** Elements of a list or map; undefined for any other value. */
export function elementsOf(entry: StateEntry): number | undefined {
  switch (entry.state.kind) {
    case 'list':
    case 'operator-list':
    case 'union-list':
      return Array.isArray(entry.value) ? entry.value.length : undefined;
    case 'map':
    case 'broadcast':
      return entry.value instanceof MapValue ? entry.value.entries.length : undefined;
    default:
      return undefined;
  }
}
