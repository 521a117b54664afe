import { cannotChange, changedFeeds } from '../entries/change-entries.js';
import { itemsOf, withItems } from '../entries/items.js';
import { longsOfState } from '../entries/longs.js';
import { putState, withoutState } from '../entries/put-state.js';
import { conditionOption, type Test } from '../entries/selection.js';
import type { EntriesChange } from '../job/entry-change.js';
import type { PlannedJob, PlannedState } from '../job/planned-job.js';
import {
  type NewPlace,
  operatorLabel,
  placeFor,
  type SelectedState,
  selectState,
  stateLabel,
} from '../job/select.js';
import type { PlanStep } from '../plan/plan.js';
import { options, STATE, text } from './options.js';
import type { StepRow } from './step.js';

interface Part {
  readonly state: string;
  readonly where?: string;
}

/** One state becomes several. */
export const splitState: StepRow = {
  verb: 'split-state',
  purpose: 'part the entries (list elements, map entries) of a state into several states of its types',
  category: 'lossy',
  since: '0.1.0',
  options: options(
    {
      state: STATE,
      into: {
        type: 'array',
        minItems: 1,
        description: 'the new states; an entry goes into the first whose condition is true',
        items: options(
          {
            state: text('name of the new state; OPERATOR/STATE for one of another operator'),
            where: text(
              'CEL condition on value, key, ns, userKey, ttl, keyGroup, subtask, index; default: true',
            ),
          },
          ['state'],
        ),
      },
      policy: {
        enum: ['fail', 'skip'],
        description: 'an entry that goes into none of them: fail (default), or skip: it is left out',
      },
    },
    ['state', 'into'],
  ),
  example:
    "split-state: { state: app/counts, into: [{ state: small, where: 'value < 10' }, { state: large }] }",
  async apply(job, { step, change }) {
    const selected = selectState(job, step);
    const { operator, state } = selected;
    const parts = step.options.into as readonly Part[];
    const longs = longsOfState(state, job.savepoint.formats);
    const tests: (Test | undefined)[] = [];
    for (const i of parts.keys())
      tests.push(await conditionOption(step, 'where', longs, ['into', i, 'where']));
    expectReachable(step, tests);
    const skips = step.options.policy === 'skip';
    const loses =
      skips && !tests.includes(undefined) ? 'entries that go into none of the new states' : undefined;
    let now = withoutState(job, operator, state);
    for (const [i, { state: name }] of parts.entries()) {
      const place = placeOf(now, step, selected, i, name);
      const changed = partOf(step, state, tests, i, skips);
      const feeds = changedFeeds(state, step, changed);
      now = putState(now, place, { ...state, feeds }, operator);
      const to = `${place.operator === undefined ? place.uid : operatorLabel(place.operator)}/${place.name}`;
      const what = `${to} gets the entries ${parts[i]!.where === undefined ? 'that are left' : `where ${parts[i]!.where}`}`;
      const category = loses === undefined ? ('rewriting' as const) : ('lossy' as const);
      change({ mark: '>', address: stateLabel(operator, state), what, category, loses });
    }
    return now;
  },
};

function placeOf(
  job: PlannedJob,
  step: PlanStep,
  { operator }: SelectedState,
  i: number,
  name: string,
): NewPlace {
  const own = job.operators.find(({ id }) => id === operator.id)!;
  if (!name.includes('/')) return { operator: own, uid: '', name };
  return placeFor(job, step, ['into', i, 'state'], name);
}

function expectReachable(step: PlanStep, tests: readonly (Test | undefined)[]): void {
  const all = tests.indexOf(undefined);
  if (all < 0 || all === tests.length - 1) return;
  const reason = 'it has no condition and so gets all entries, but others follow that would get none';
  throw step.error(['into', all], reason, 'put it last');
}

/** The entries for one of the parts; the first also sees to it that each goes into some part. */
function partOf(
  step: PlanStep,
  { kind }: PlannedState,
  tests: readonly (Test | undefined)[],
  part: number,
  skips: boolean,
): EntriesChange {
  return {
    type: 'entries',
    step: step.index,
    rekeys: false,
    open: (report) => (entry) => {
      const items = itemsOf(entry, kind).filter((item) => {
        const found = tests.findIndex((test) => test === undefined || test(entry, item));
        if (found < 0 && part === 0) {
          if (!skips)
            throw cannotChange(
              step,
              'no condition is true for it',
              'add a part without a condition, or policy: skip',
            );
          report.count('skipped');
        }
        return found === part;
      });
      return withItems(entry, kind, items);
    },
  };
}
