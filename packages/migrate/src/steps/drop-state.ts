import { withOperator } from '../job/plan-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { options, STATE } from './options.js';
import type { StepRow } from './step.js';

/** A state is left out. */
export const dropState: StepRow = {
  verb: 'drop-state',
  purpose: 'leave a state out',
  category: 'lossy',
  since: '0.1.0',
  options: options({ state: STATE }, ['state']),
  example: 'drop-state: { state: fraud-detector/seen-merchants }',
  apply(job, { step, change }) {
    const { operator, state } = selectState(job, step);
    const address = stateLabel(operator, state);
    change({ mark: '-', address, what: 'dropped', category: 'lossy', loses: 'all its entries' });
    return withOperator(job, operator, {
      ...operator,
      states: operator.states.filter((each) => each !== state),
    });
  },
};
