import { cannotChange, changedFeeds } from '../entries/change-entries.js';
import { type ElementPart, keyPart, valuePart } from '../entries/map-keys.js';
import { asMapState } from '../entries/state-types.js';
import { type Duplicates, mapMaker, type ToMapOptions } from '../entries/to-map.js';
import type { EntriesChange, MigratedEntry } from '../job/entry-change.js';
import { withState } from '../job/plan-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { elementOf } from '../types/change-state.js';
import { DUPLICATES, MAP_KEY, MAP_KEY_TYPE, MAP_VALUE, options, STATE } from './options.js';
import type { StepRow } from './step.js';

/** A ListState becomes a MapState. */
export const listToMap: StepRow = {
  verb: 'list-to-map',
  purpose: 'make a MapState of a ListState, by a field of its elements',
  category: 'lossy',
  since: '0.1.0',
  options: options(
    { state: STATE, key: MAP_KEY, keyType: MAP_KEY_TYPE, value: MAP_VALUE, duplicates: DUPLICATES },
    ['state', 'key'],
  ),
  example: 'list-to-map: { state: orders/items, key: sku }',
  async apply(job, context) {
    const { step, change } = context;
    const { operator, state } = selectState(job, step, 'state', ['list']);
    const element = elementOf(state);
    const key = await keyPart(context, element);
    const value = valuePart(context, element);
    const duplicates = (step.options.duplicates ?? 'fail') as Duplicates;
    const { formats } = job.savepoint;
    const changed = listToMapChange({ step, userKey: key.type, duplicates, formats }, key, value);
    const now = { ...asMapState(state, key.type, value.type), feeds: changedFeeds(state, step, changed) };
    const what = `list → map state by ${String(step.options.key)}`;
    change({ mark: '~', address: stateLabel(operator, state), what, ...categoryOf(duplicates) });
    return withState(job, operator, state, now);
  },
};

/** What keeping one of several values with a key makes of a step. */
export function categoryOf(
  duplicates: Duplicates,
): { readonly category: 'rewriting' } | { readonly category: 'lossy'; readonly loses: string } {
  if (duplicates === 'fail') return { category: 'rewriting' };
  return { category: 'lossy', loses: `all but the ${duplicates} of values with the same key` };
}

/** Makes one map of the list of an entry; a value that has one time of last access gives it to all. */
export function listToMapChange(options: ToMapOptions, key: ElementPart, value: ElementPart): EntriesChange {
  const { step } = options;
  return {
    type: 'entries',
    step: step.index,
    rekeys: false,
    to: 'map',
    open(report) {
      const toMap = mapMaker(options, report);
      return (entry) => {
        if (!Array.isArray(entry.value)) throw cannotChange(step, 'a list is expected, but there is none');
        const list: readonly unknown[] = entry.value;
        if (list.length === 0) return [];
        const { map, from } = toMap(list.map((one) => [key.get(one), value.get(one)] as const));
        return [
          {
            ...entry,
            value: map,
            ttl: from.every((i) => timeAt(entry, i) !== undefined) ? times(entry, from) : undefined,
          },
        ];
      };
    },
  };
}

function timeAt({ ttl }: MigratedEntry, i: number): bigint | undefined {
  return typeof ttl === 'bigint' ? ttl : ttl?.[i];
}

function times(entry: MigratedEntry, from: readonly number[]): bigint[] {
  return from.map((i) => timeAt(entry, i)!);
}
