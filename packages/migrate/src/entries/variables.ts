import type { MigratedEntry } from '../job/entry-change.js';
import type { Item } from './items.js';
import type { EntryLongs, Longs } from './longs.js';

/** What an expression of a plan may be about. `namespace` is reserved in CEL, hence `ns`. */
export const VARIABLES = ['key', 'ns', 'value', 'userKey', 'ttl', 'keyGroup', 'subtask', 'index'] as const;

/** The values of `VARIABLES` for one item of an entry: what there is none of is null. With `longs` as CEL wants them. */
export function variablesOf(
  entry: MigratedEntry,
  item: Item,
  longs?: EntryLongs,
): { readonly [name in (typeof VARIABLES)[number]]: unknown } {
  return {
    key: converted(longs?.key, entry.key ?? null),
    ns: converted(longs?.ns, entry.namespace ?? null),
    value: converted(longs?.value, item.value),
    userKey: converted(longs?.userKey, item.userKey ?? null),
    ttl: item.ttl ?? null,
    keyGroup: longOf(entry.keyGroup),
    subtask: longOf(entry.subtask),
    index: longOf(item.index),
  };
}

function converted(longs: Longs, value: unknown): unknown {
  return longs === undefined ? value : longs(value);
}

function longOf(value: number | undefined): bigint | null {
  return value === undefined ? null : BigInt(value);
}
