import { putState, withoutState } from '../entries/put-state.js';
import { differenceOf } from '../entries/same-types.js';
import type { PlannedJob, PlannedState } from '../job/planned-job.js';
import { placeFor, type SelectedState, selectState, stateLabel } from '../job/select.js';
import type { PlanStep } from '../plan/plan.js';
import { categoryOf } from './list-to-map.js';
import { DUPLICATES, options, STATE, text } from './options.js';
import type { StepRow } from './step.js';

/** Several states become one. */
export const mergeStates: StepRow = {
  verb: 'merge-states',
  purpose: 'make one state of several of the same kind and types, of one operator or of several',
  category: 'lossy',
  since: '0.1.0',
  options: options(
    {
      states: { type: 'array', items: STATE, minItems: 2, description: 'the states, as OPERATOR/STATE each' },
      to: text('the state that they become, as OPERATOR/STATE; a new operator by its uid'),
      duplicates: {
        ...DUPLICATES,
        description:
          'of entries with the same key: fail (default), or keep the first or the last; lists follow each other, maps are united',
      },
    },
    ['states', 'to'],
  ),
  example: 'merge-states: { states: [left/count, right/count], to: total/count }',
  apply(job, { step, change }) {
    const merged = selectAll(job, step);
    const first = merged[0]!;
    expectSameTypes(job, step, merged);
    const place = placeFor(job, step, ['to'], String(step.options.to));
    const duplicates = (step.options.duplicates ?? 'fail') as NonNullable<PlannedState['duplicates']>;
    for (const { operator, state } of merged) {
      const what = `merged into ${String(step.options.to)}`;
      change({ mark: '>', address: stateLabel(operator, state), what, ...categoryOf(duplicates) });
    }
    const state = {
      ...first.state,
      feeds: merged.flatMap((one) => one.state.feeds),
      duplicates,
    };
    const rest = merged.reduce((now, one) => withoutState(now, one.operator, one.state), job);
    return putState(rest, place, state, first.operator);
  },
};

function selectAll(job: PlannedJob, step: PlanStep): SelectedState[] {
  const names = step.options.states as readonly string[];
  const found = names.map((name, i) => {
    const asOption: PlanStep = {
      ...step,
      options: { state: name },
      error: (path, reason, next) => step.error(path[0] === 'state' ? ['states', i] : path, reason, next),
    };
    return selectState(job, asOption);
  });
  const twice = found.findIndex(({ state }, i) => found.findIndex((one) => one.state === state) < i);
  if (twice >= 0) throw step.error(['states', twice], `${JSON.stringify(names[twice])} is there twice`);
  return found;
}

function expectSameTypes(
  job: PlannedJob,
  step: PlanStep,
  [first, ...others]: readonly SelectedState[],
): void {
  for (const [i, { operator, state }] of others.entries()) {
    const difference = differenceOf(first!.state, state, job.savepoint.formats);
    if (difference === undefined) continue;
    const names = `${stateLabel(first!.operator, first!.state)} and ${stateLabel(operator, state)}`;
    const next = 'make them the same by steps before this one, such as retype-field or map-values';
    throw step.error(['states', i + 1], `${names} cannot be merged: ${difference}`, next);
  }
}
