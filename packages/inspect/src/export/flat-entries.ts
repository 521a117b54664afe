import type { StateEntry, StateKind } from '@statewright/savepoint';
import { jsonOrder, MapValue } from '@statewright/serializers';

/** An entry, or with `--flatten` one element of a list or one entry of a map. */
export interface FlatEntry extends StateEntry {
  /** Position in a list. */
  readonly index?: number;
  /** Key in a map; undefined elsewhere. */
  readonly userKey?: unknown;
}

const LISTS: readonly StateKind[] = ['list', 'operator-list', 'union-list'];
const MAPS: readonly StateKind[] = ['map', 'broadcast'];

/** Operator state: a line tells the subtask in place of the key group. */
export function isOperatorKind(kind: StateKind): boolean {
  return kind === 'operator-list' || kind === 'union-list' || kind === 'broadcast';
}

export function isListKind(kind: StateKind): boolean {
  return LISTS.includes(kind);
}

export function isMapKind(kind: StateKind): boolean {
  return MAPS.includes(kind);
}

/** The elements of a list or map state's entry, maps in the order of their JSON text; any other entry as it is. */
export function flatEntries(entry: StateEntry): readonly FlatEntry[] {
  const { value, state } = entry;
  if (isListKind(state.kind) && Array.isArray(value)) {
    return value.map((element, index) => part(entry, element, timeOf(entry, index), { index }));
  }
  if (isMapKind(state.kind) && value instanceof MapValue) {
    return jsonOrder(value).map((i) => {
      const [userKey, element] = value.entries[i]!;
      return part(entry, element, timeOf(entry, i), { userKey });
    });
  }
  return [entry];
}

function timeOf({ ttl }: StateEntry, index: number): bigint | undefined {
  return typeof ttl === 'bigint' ? ttl : ttl?.[index];
}

function part(
  entry: StateEntry,
  value: unknown,
  ttl: bigint | undefined,
  place: { readonly index?: number; readonly userKey?: unknown },
): FlatEntry {
  const { state, keyGroup, subtask, key, namespace, keyBytes, valueBytes, span } = entry;
  return { state, keyGroup, subtask, key, namespace, value, ttl, keyBytes, valueBytes, span, ...place };
}
