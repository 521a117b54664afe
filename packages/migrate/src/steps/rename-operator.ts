import { operatorIdOfUid } from '@statewright/savepoint';
import { withOperator } from '../job/plan-job.js';
import { operatorLabel, selectOperator } from '../job/select.js';
import { OPERATOR, options, text } from './options.js';
import type { StepRow } from './step.js';

/** An operator gets another uid. */
export const renameOperator: StepRow = {
  verb: 'rename-operator',
  purpose: 'give an operator the uid that the job now gives it',
  category: 'metadata',
  since: '0.1.0',
  options: options({ operator: OPERATOR, to: text('the new uid') }, ['operator', 'to']),
  example: 'rename-operator: { operator: fraud-detector, to: fraud-detector-v2 }',
  apply(job, { step, change }) {
    const operator = selectOperator(job, step);
    const uid = String(step.options.to);
    const id = operatorIdOfUid(uid);
    if (id === operator.id && uid === operator.uid) return job;
    change({ mark: '>', address: operatorLabel(operator), what: `renamed to ${uid}`, category: 'metadata' });
    return withOperator(job, operator, { ...operator, id, uid });
  },
};
