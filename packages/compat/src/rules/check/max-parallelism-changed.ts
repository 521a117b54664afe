import { maxParallelismChange } from '../../check/max-parallelism.js';
import type { CheckRule } from './check-rule.js';

/** An operator with another max parallelism. */
export const MAX_PARALLELISM_CHANGED: CheckRule = {
  row: {
    id: 'max-parallelism-changed',
    purpose: 'an operator with another max parallelism',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The max parallelism is the number of key groups, and every key\'s group is written with it. A job that sets another one is refused: "Max parallelism mismatch between checkpoint/savepoint state and new program". A job that sets none takes over the snapshot\'s.',
      harm: 'Flink refuses to start the job.',
      remedy: 'Set the old max parallelism, or none. To change it, the keyed state must be rewritten.',
    },
  },
  operator: (pair, job) => {
    const change = maxParallelismChange(pair, job);
    if (change === undefined || change.derived) return [];
    const { before, after, tooMany } = change;
    const more =
      tooMany === undefined ? '' : `, and ${tooMany} subtasks are more than the ${before} key groups`;
    const { address, old, now } = pair;
    return [
      {
        operator: address,
        path: `${address} > max parallelism`,
        reason: `the max parallelism was ${before} and is ${after}${more}`,
        next:
          tooMany === undefined
            ? `set the max parallelism to ${before}, or do not set it`
            : `start with at most ${before} subtasks, and a max parallelism of ${before}`,
        before: old?.place,
        now: now?.place,
        facts: [String(before), String(after)],
      },
    ];
  },
};
