import { SetValue } from '@statewright/serializers';
import { cannotChange, changedFeeds } from '../entries/change-entries.js';
import { asListState, elementType } from '../entries/state-types.js';
import type { EntriesChange, MigratedEntry } from '../job/entry-change.js';
import { withState } from '../job/plan-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { elementOf } from '../types/change-state.js';
import { options, STATE } from './options.js';
import type { StepRow } from './step.js';

/** A ValueState becomes a ListState. */
export const valueToList: StepRow = {
  verb: 'value-to-list',
  purpose:
    'make a ListState of a ValueState: of the elements of its list, array or set, or of the value itself',
  category: 'rewriting',
  since: '0.1.0',
  options: options({ state: STATE }, ['state']),
  example: 'value-to-list: { state: orders/items }',
  apply(job, { step, change }) {
    const { operator, state } = selectState(job, step, 'state', ['value']);
    const value = elementOf(state);
    const element = elementType(value);
    const toList = (entry: MigratedEntry): readonly MigratedEntry[] => {
      const elements = element === undefined ? [entry.value] : elementsOf(entry.value);
      if (elements === undefined || elements.includes(null)) {
        throw cannotChange(
          step,
          'null is found where a list or its element is expected, and no ListState has one',
        );
      }
      // Flink keeps nothing for an empty list.
      if (elements.length === 0) return [];
      const { ttl } = entry;
      return [
        { ...entry, value: elements, ttl: typeof ttl === 'bigint' ? elements.map(() => ttl) : undefined },
      ];
    };
    const changed: EntriesChange = {
      type: 'entries',
      step: step.index,
      rekeys: false,
      to: 'list',
      open: () => toList,
    };
    const now = { ...asListState(state, element ?? value), feeds: changedFeeds(state, step, changed) };
    const what =
      element === undefined ? 'value → list state of that value' : 'value → list state of its elements';
    change({ mark: '~', address: stateLabel(operator, state), what, category: 'rewriting' });
    return withState(job, operator, state, now);
  },
};

function elementsOf(value: unknown): readonly unknown[] | undefined {
  if (value instanceof SetValue) return value.elements;
  return Array.isArray(value) ? value : undefined;
}
