import { changedFeeds } from '../entries/change-entries.js';
import { keepItems } from '../entries/keep-items.js';
import { longsOfState } from '../entries/longs.js';
import { conditionOption, selectionOf } from '../entries/selection.js';
import { withState } from '../job/plan-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { KEY_GROUPS, options, STATE, text } from './options.js';
import type { StepRow } from './step.js';

/** Entries of a state are left out. */
export const filterEntries: StepRow = {
  verb: 'filter-entries',
  purpose:
    'keep the entries (list elements, map entries) for which a condition is true, and leave the others out',
  category: 'lossy',
  since: '0.1.0',
  options: options(
    {
      state: STATE,
      keep: text(
        'CEL condition on value, key, ns, userKey, ttl, keyGroup, subtask, index; in list and map state of each element or entry',
      ),
      keyGroups: KEY_GROUPS,
    },
    ['state', 'keep'],
  ),
  example: "filter-entries: { state: fraud-detector/tx-count, keep: 'value > 10' }",
  async apply(job, { step, change }) {
    const { operator, state } = selectState(job, step);
    const longs = longsOfState(state, job.savepoint.formats);
    const keep = (await conditionOption(step, 'keep', longs))!;
    const concerned = await selectionOf(step, longs);
    const changed = keepItems(
      state,
      step,
      (entry, item) => (concerned !== undefined && !concerned(entry, item)) || keep(entry, item),
    );
    change({
      mark: '-',
      address: stateLabel(operator, state),
      what: `entries kept where ${String(step.options.keep)}`,
      category: 'lossy',
      loses: 'the entries for which that is not true',
    });
    return withState(job, operator, state, { ...state, feeds: changedFeeds(state, step, changed) });
  },
};
