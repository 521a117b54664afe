import { isKeyed } from '../../lint/facts.js';
import { atOperator } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** A parallelism that can hardly grow. */
export const PARALLELISM_NEAR_MAX: LintRule = {
  row: {
    id: 'parallelism-near-max',
    purpose: 'keyed state whose parallelism is close to its max parallelism',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxShare',
        kind: 'ratio',
        default: 0.5,
        why: 'parallelism over max parallelism; beyond a half a subtask has one or two key groups, the job cannot even double, and the load is uneven',
      },
    ],
    docs: {
      what: 'The operator runs with more than `maxShare` of its max parallelism. Each subtask holds whole key groups only: one or two of them at this point.',
      harm: 'The job can hardly be scaled further, and some subtasks have twice the key groups of others. Max parallelism is fixed as long as the keyed state lives.',
      remedy:
        'Plan for a larger `pipeline.max-parallelism` now, while there is time to rewrite the state or to let it run out.',
    },
  },
  needs: 'schema',
  *find({ operators }, threshold) {
    for (const operator of operators) {
      const { parallelism, maxParallelism } = operator.operator;
      if (!operator.states.some(({ state }) => isKeyed(state))) continue;
      if (parallelism <= threshold('maxShare') * maxParallelism) continue;
      yield atOperator(operator, {
        reason: `parallelism ${parallelism} is close to max parallelism ${maxParallelism}`,
        next: 'plan for a larger pipeline.max-parallelism while there is time to rewrite the state',
      });
    }
  },
};
