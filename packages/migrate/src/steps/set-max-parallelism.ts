import { withOperator } from '../job/plan-job.js';
import type { PlannedOperator } from '../job/planned-job.js';
import { operatorLabel, selectOperator } from '../job/select.js';
import { OPERATOR, options } from './options.js';
import type { StepContext, StepRow } from './step.js';

/** `KeyGroupRangeAssignment.UPPER_BOUND_MAX_PARALLELISM` (Flink 2.3). */
const MOST = 1 << 15;
/** Means every operator of the snapshot. */
const ALL = '*';
const OPERATOR_STATE: readonly string[] = ['operator-list', 'union-list', 'broadcast'];

/** Keyed state is spread over another number of key groups. */
export const setMaxParallelism: StepRow = {
  verb: 'set-max-parallelism',
  purpose: 'spread keyed state over another number of key groups, which Flink itself cannot change',
  category: 'rewriting',
  since: '0.1.0',
  options: options(
    {
      operator: { ...OPERATOR, description: `${String(OPERATOR.description)}; "${ALL}": every operator` },
      to: { type: 'integer', minimum: 1, maximum: MOST, description: 'the new max parallelism' },
      parallelism: {
        type: 'integer',
        minimum: 1,
        maximum: MOST,
        description: 'subtasks that the state is split over; default: as many as before, or as `to` allows',
      },
    },
    ['operator', 'to'],
  ),
  example: 'set-max-parallelism: { operator: fraud-detector, to: 4096 }',
  apply(job, context) {
    const { step } = context;
    const to = Number(step.options.to);
    const given = step.options.parallelism;
    if (given !== undefined && Number(given) > to) {
      const reason = `a parallelism of ${given} is more than the max parallelism of ${to}`;
      throw step.error(['parallelism'], reason);
    }
    const chosen = step.options.operator === ALL ? job.operators : [selectOperator(job, step)];
    return chosen.reduce((now, operator) => {
      const parallelism = given === undefined ? Math.min(operator.parallelism, to) : Number(given);
      if (operator.maxParallelism === to && operator.parallelism === parallelism) return now;
      tell(context, operator, to, parallelism);
      return withOperator(now, operator, { ...operator, maxParallelism: to, parallelism });
    }, job);
  },
};

function tell(
  { change }: StepContext,
  operator: PlannedOperator,
  maxParallelism: number,
  parallelism: number,
): void {
  const isKeyed = operator.states.some(({ kind }) => !OPERATOR_STATE.includes(kind));
  const subtasks =
    operator.parallelism === parallelism ? '' : `, parallelism ${operator.parallelism} → ${parallelism}`;
  change({
    mark: '~',
    address: operatorLabel(operator),
    what: `max parallelism ${operator.maxParallelism} → ${maxParallelism}${subtasks}`,
    category: isKeyed || subtasks !== '' ? 'rewriting' : 'metadata',
  });
}
