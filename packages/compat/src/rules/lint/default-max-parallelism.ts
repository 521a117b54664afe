import { isKeyed } from '../../lint/facts.js';
import { atOperator } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

const LEAST = 128;
const MOST = 32_768;

/** A max parallelism that Flink chose. */
export const DEFAULT_MAX_PARALLELISM: LintRule = {
  row: {
    id: 'default-max-parallelism',
    purpose: 'keyed state whose max parallelism is the one that Flink derives',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: 'The max parallelism of the operator is what Flink derives from the parallelism when nobody sets one: the next power of two above 1.5 times the parallelism, at least 128, at most 32,768. It is the number of key groups, and it is fixed as long as the keyed state lives.',
      harm: 'The job can never run with more subtasks than that. A later change of the number makes Flink refuse the snapshot; the only ways out are a rewrite of the state or a fresh start.',
      remedy:
        'Set `pipeline.max-parallelism` (or `setMaxParallelism`) before there is state to lose: a number that leaves room and that many parallelisms divide, for example 720 or 1440. If the present number was chosen on purpose, ignore this finding with that reason.',
    },
  },
  needs: 'schema',
  *find({ operators }) {
    for (const operator of operators) {
      const { parallelism, maxParallelism } = operator.operator;
      if (!operator.states.some(({ state }) => isKeyed(state))) continue;
      if (parallelism < 1 || maxParallelism !== defaultMaxParallelism(parallelism)) continue;
      yield atOperator(operator, {
        reason: `max parallelism ${maxParallelism} is what Flink derives from parallelism ${parallelism}; it is fixed as long as the keyed state lives`,
        next: 'set pipeline.max-parallelism for new state, or ignore this with a reason',
      });
    }
  },
};

/** Follows `KeyGroupRangeAssignment#computeDefaultMaxParallelism`, Flink 2.3. */
function defaultMaxParallelism(parallelism: number): number {
  const wanted = parallelism + Math.floor(parallelism / 2);
  return Math.min(Math.max(2 ** Math.ceil(Math.log2(wanted)), LEAST), MOST);
}
