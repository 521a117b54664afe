import { operatorLabel, selectOperator } from '../job/select.js';
import { OPERATOR, options } from './options.js';
import type { StepRow } from './step.js';

/** An operator is left out. */
export const dropOperator: StepRow = {
  verb: 'drop-operator',
  purpose: 'leave an operator out, with all its state',
  category: 'lossy',
  since: '0.1.0',
  options: options({ operator: OPERATOR }, ['operator']),
  example: 'drop-operator: { operator: alert-buffer }',
  apply(job, { step, change }) {
    const operator = selectOperator(job, step);
    const address = operatorLabel(operator);
    change({ mark: '-', address, what: 'dropped', category: 'lossy', loses: 'all its state' });
    return { ...job, operators: job.operators.filter((each) => each !== operator) };
  },
};
