import { cannotChange, changedFeeds } from '../entries/change-entries.js';
import { type ElementPart, keyPart, valuePart } from '../entries/map-keys.js';
import { LEFT_OUT, type Policy, underPolicy } from '../entries/policy.js';
import { asMapState } from '../entries/state-types.js';
import { type Duplicates, mapMaker, type ToMapOptions } from '../entries/to-map.js';
import type { ChangeReport, EntriesChange, MigratedEntry } from '../job/entry-change.js';
import { withState } from '../job/plan-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { elementOf } from '../types/change-state.js';
import { DUPLICATES, MAP_KEY, MAP_KEY_TYPE, MAP_VALUE, NO_KEY, options, STATE } from './options.js';
import type { StepRow } from './step.js';

/** A ListState becomes a MapState. */
export const listToMap: StepRow = {
  verb: 'list-to-map',
  purpose: 'make a MapState of a ListState, by a field of its elements',
  category: 'lossy',
  since: '0.1.0',
  options: options(
    {
      state: STATE,
      key: MAP_KEY,
      keyType: MAP_KEY_TYPE,
      value: MAP_VALUE,
      duplicates: DUPLICATES,
      policy: NO_KEY,
    },
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
    change({
      mark: '~',
      address: stateLabel(operator, state),
      what,
      ...categoryOf(duplicates, step.options.policy),
    });
    return withState(job, operator, state, now);
  },
};

/** What a step that does not keep all values is. */
export function categoryOf(
  duplicates: Duplicates,
  policy?: unknown,
): { readonly category: 'rewriting' } | { readonly category: 'lossy'; readonly loses: string } {
  const lost = [
    ...(duplicates === 'fail' ? [] : [`all but the ${duplicates} of values with the same key`]),
    ...(policy === 'skip' ? ['values without a key'] : []),
  ];
  return lost.length === 0 ? { category: 'rewriting' } : { category: 'lossy', loses: lost.join(', ') };
}

/** What of an element becomes part of a map, and where it stood. */
interface Placed {
  readonly pair: readonly [unknown, unknown];
  readonly from: number;
}

/** Makes one map of the list of an entry; a value that has one time of last access gives it to all. */
export function listToMapChange(options: ToMapOptions, key: ElementPart, value: ElementPart): EntriesChange {
  const { step } = options;
  const policy: Policy = { name: step.options.policy === 'skip' ? 'skip' : 'fail', default: undefined };
  const keyOf = (element: unknown, i: number, report: ChangeReport): unknown => {
    const found = key.get(element);
    if (found !== null && found !== undefined) return found;
    report.count('null');
    throw cannotChange(step, `the key of element ${i} is null, which no map can have`, 'write policy: skip');
  };
  return {
    type: 'entries',
    step: step.index,
    rekeys: false,
    to: 'map',
    open(report) {
      const toMap = mapMaker(options, report);
      return (entry) => {
        if (!Array.isArray(entry.value)) throw cannotChange(step, 'a list is expected, but there is none');
        const placed = entry.value.flatMap((element, from): Placed[] => {
          const one = underPolicy(policy, report, () => keyOf(element, from, report));
          return one === LEFT_OUT ? [] : [{ pair: [one, value.get(element)], from }];
        });
        if (placed.length === 0) return [];
        const { map, from } = toMap(placed.map(({ pair }) => pair));
        return [
          {
            ...entry,
            value: map,
            ttl: timesOf(
              entry,
              from.map((i) => placed[i]!.from),
            ),
          },
        ];
      };
    },
  };
}

/** Last access of some of a list's elements. */
function timesOf({ ttl }: MigratedEntry, positions: readonly number[]): bigint[] | undefined {
  if (ttl === undefined) return undefined;
  return positions.map((i) => (typeof ttl === 'bigint' ? ttl : ttl[i]!));
}
