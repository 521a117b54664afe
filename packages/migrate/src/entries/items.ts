import type { StateKind } from '@statewright/savepoint';
import { MapValue } from '@statewright/serializers';
import type { MigratedEntry } from '../job/entry-change.js';

const LISTS: readonly StateKind[] = ['list', 'operator-list', 'union-list'];
const MAPS: readonly StateKind[] = ['map', 'broadcast'];

/** What steps look at one by one: a list's element, a map's entry, or the whole value of any other state. */
export interface Item {
  readonly value: unknown;
  /** Of maps and broadcast state. */
  readonly userKey: unknown;
  /** Last access in milliseconds. */
  readonly ttl: bigint | undefined;
  /** Position in a list, from 0. */
  readonly index: number | undefined;
}

/** The items of an entry of a state of this kind. */
export function itemsOf(entry: MigratedEntry, kind: StateKind): Item[] {
  const { value, ttl } = entry;
  const timeAt = (i: number): bigint | undefined => (typeof ttl === 'bigint' ? ttl : ttl?.[i]);
  if (LISTS.includes(kind) && Array.isArray(value)) {
    return value.map((one, i) => ({ value: one, userKey: undefined, ttl: timeAt(i), index: i }));
  }
  if (MAPS.includes(kind) && value instanceof MapValue) {
    return value.entries.map(([userKey, one], i) => ({
      value: one,
      userKey,
      ttl: timeAt(i),
      index: undefined,
    }));
  }
  return [{ value, userKey: undefined, ttl: timeAt(0), index: undefined }];
}

/** The entry with other items; none when nothing is left: Flink keeps no empty list, map or value. */
export function withItems(entry: MigratedEntry, kind: StateKind, items: readonly Item[]): MigratedEntry[] {
  const [first] = items;
  if (first === undefined) return [];
  if (LISTS.includes(kind)) {
    return [{ ...entry, value: items.map((item) => item.value), ttl: timesOf(items) }];
  }
  if (MAPS.includes(kind)) {
    const value = new MapValue(items.map((item) => [item.userKey, item.value] as const));
    return [{ ...entry, value, ttl: timesOf(items) }];
  }
  return [{ ...entry, value: first.value, ttl: first.ttl }];
}

function timesOf(items: readonly Item[]): bigint[] | undefined {
  const times = items.map(({ ttl }) => ttl);
  return times.every((time) => time !== undefined) ? times : undefined;
}

/** The entry of an expression that looks at an item alone. */
export const NO_ENTRY: MigratedEntry = {
  key: null,
  namespace: null,
  value: null,
  ttl: undefined,
  keyGroup: undefined,
  subtask: undefined,
};
