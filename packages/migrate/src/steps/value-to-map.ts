import { MapValue, type SerializerSnapshot, SetValue } from '@statewright/serializers';
import { cannotChange, changedFeeds } from '../entries/change-entries.js';
import { keyPart, valuePart } from '../entries/map-keys.js';
import { asMapState, elementType, mapTypes } from '../entries/state-types.js';
import { type Duplicates, mapMaker } from '../entries/to-map.js';
import type { EntriesChange } from '../job/entry-change.js';
import { withState } from '../job/plan-job.js';
import type { PlannedJob } from '../job/planned-job.js';
import { type SelectedState, selectState, stateLabel } from '../job/select.js';
import { elementOf } from '../types/change-state.js';
import { categoryOf, listToMapChange } from './list-to-map.js';
import { DUPLICATES, MAP_KEY, MAP_KEY_TYPE, MAP_VALUE, NO_KEY, options, STATE } from './options.js';
import type { StepContext, StepRow } from './step.js';

/** A ValueState becomes a MapState. */
export const valueToMap: StepRow = {
  verb: 'value-to-map',
  purpose: 'make a MapState of a ValueState that holds a map, or a list by a field of its elements',
  category: 'lossy',
  since: '0.1.0',
  options: options(
    {
      state: STATE,
      key: { ...MAP_KEY, description: `${String(MAP_KEY.description)}; left out where the value is a map` },
      keyType: MAP_KEY_TYPE,
      value: MAP_VALUE,
      duplicates: DUPLICATES,
      policy: NO_KEY,
    },
    ['state'],
  ),
  example: 'value-to-map: { state: orders/items, key: sku }',
  async apply(job, context) {
    const { step, change } = context;
    const selected = selectState(job, step, 'state', ['value']);
    const { operator, state } = selected;
    const value = elementOf(state);
    const types = mapTypes(value);
    if (types !== undefined) return mapToMap(job, context, selected, types);
    const element = elementType(value);
    if (element === undefined)
      throw step.error(['state'], 'its value is neither a map nor a list, an array or a set');
    if (step.options.key === undefined)
      throw step.error([], 'its value is a list, but no key is given', 'write key: FIELD');
    const key = await keyPart(context, element);
    const part = valuePart(context, element);
    const duplicates = (step.options.duplicates ?? 'fail') as Duplicates;
    const { formats } = job.savepoint;
    const changed = listToMapChange({ step, userKey: key.type, duplicates, formats }, key, part);
    const feeds = changedFeeds(state, step, {
      ...changed,
      open: (report) => {
        const toMap = changed.open(report);
        return (entry) =>
          toMap(entry.value instanceof SetValue ? { ...entry, value: entry.value.elements } : entry);
      },
    });
    const what = `value → map state of its elements by ${String(step.options.key)}`;
    change({
      mark: '~',
      address: stateLabel(operator, state),
      what,
      ...categoryOf(duplicates, step.options.policy),
    });
    return withState(job, operator, state, { ...asMapState(state, key.type, part.type), feeds });
  },
};

/** A map as a value becomes a map as a state. */
function mapToMap(
  job: PlannedJob,
  { step, change }: StepContext,
  { operator, state }: SelectedState,
  [userKey, value]: readonly [SerializerSnapshot, SerializerSnapshot],
): PlannedJob {
  for (const option of ['key', 'keyType', 'value', 'duplicates', 'policy']) {
    if (step.options[option] === undefined) continue;
    throw step.error([option], `its value is a map, which needs no ${option}`, 'leave it out');
  }
  const { formats } = job.savepoint;
  const changed: EntriesChange = {
    type: 'entries',
    step: step.index,
    rekeys: false,
    to: 'map',
    open(report) {
      const toMap = mapMaker({ step, userKey, duplicates: 'fail', formats }, report);
      return (entry) => {
        if (!(entry.value instanceof MapValue))
          throw cannotChange(step, 'a map is expected, but there is none');
        const { map } = toMap(entry.value.entries);
        const { ttl } = entry;
        // Flink keeps nothing for an empty map.
        if (map.entries.length === 0) return [];
        return [
          { ...entry, value: map, ttl: typeof ttl === 'bigint' ? map.entries.map(() => ttl) : undefined },
        ];
      };
    },
  };
  change({
    mark: '~',
    address: stateLabel(operator, state),
    what: 'value → map state of its entries',
    category: 'rewriting',
  });
  const feeds = changedFeeds(state, step, changed);
  return withState(job, operator, state, { ...asMapState(state, userKey, value), feeds });
}
