import { maxParallelismChange } from '../../check/max-parallelism.js';
import type { CheckRule } from './check-rule.js';

/** An operator whose max parallelism differs and may be derived. */
export const MAX_PARALLELISM_DERIVED: CheckRule = {
  row: {
    id: 'max-parallelism-derived',
    purpose: 'an operator whose max parallelism differs and may be derived',
    level: 'restore',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: "The new snapshot's max parallelism is the one that Flink derives from the parallelism when the job sets none. Then Flink takes over the old snapshot's. If the job sets that number itself, it is refused.",
      harm: 'None if it is derived. A snapshot does not tell.',
      remedy: 'Set the old max parallelism in the job: then it is certain.',
    },
  },
  operator: (pair, job) => {
    const change = maxParallelismChange(pair, job);
    if (change === undefined || !change.derived) return [];
    const { before, after } = change;
    const { address, old, now } = pair;
    return [
      {
        operator: address,
        path: `${address} > max parallelism`,
        reason: `the max parallelism was ${before} and is ${after}, which Flink derives where the job sets none; then it keeps ${before}, and refuses otherwise`,
        next: `set the max parallelism to ${before}`,
        before: old?.place,
        now: now?.place,
        facts: [String(before), String(after)],
      },
    ];
  },
};
