import { withState } from '../job/plan-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { options, STATE, text } from './options.js';
import type { StepRow } from './step.js';

/** A state gets another name. */
export const renameState: StepRow = {
  verb: 'rename-state',
  purpose: 'give a state the name that the job now gives to its descriptor',
  category: 'metadata',
  since: '0.1.0',
  options: options({ state: STATE, to: text('the new name, without the operator') }, ['state', 'to']),
  example: 'rename-state: { state: fraud-detector/tx-count, to: event-count }',
  apply(job, { step, change }) {
    const { operator, state } = selectState(job, step);
    const to = String(step.options.to);
    if (state.kind === 'timer') {
      throw step.error(
        ['state'],
        `${JSON.stringify(state.name)} is a queue of timers, whose name Flink makes itself`,
      );
    }
    if (to === state.name) return job;
    change({
      mark: '>',
      address: stateLabel(operator, state),
      what: `renamed to ${to}`,
      category: 'metadata',
    });
    return withState(job, operator, state, { ...state, name: to });
  },
};
