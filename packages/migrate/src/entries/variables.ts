import type { MigratedEntry } from '../job/entry-change.js';
import type { Item } from './items.js';

/** What an expression of a plan may be about. `namespace` is reserved in CEL, hence `ns`. */
export const VARIABLES = ['key', 'ns', 'value', 'userKey', 'ttl', 'keyGroup', 'subtask', 'index'] as const;

/** The values of `VARIABLES` for one item of an entry: what there is none of is null. */
export function variablesOf(
  entry: MigratedEntry,
  item: Item,
): { readonly [name in (typeof VARIABLES)[number]]: unknown } {
  return {
    key: entry.key ?? null,
    ns: entry.namespace ?? null,
    value: item.value,
    userKey: item.userKey ?? null,
    ttl: item.ttl ?? null,
    keyGroup: longOf(entry.keyGroup),
    subtask: longOf(entry.subtask),
    index: longOf(item.index),
  };
}

function longOf(value: number | undefined): bigint | null {
  return value === undefined ? null : BigInt(value);
}
