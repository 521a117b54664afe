import { hasState } from '../../check/pair-job.js';
import type { CheckRule } from './check-rule.js';

/** Operators of one job that differ in their max parallelism. */
export const MAX_PARALLELISM_DISAGREES: CheckRule = {
  row: {
    id: 'max-parallelism-disagrees',
    purpose: 'operators of one job that differ in their max parallelism',
    level: 'portable',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: 'Operators with state have different max parallelisms in the snapshot. Operators that are chained run in one task, which has one: when two such operators are chained, Flink refuses one of them, or takes over the number of the last.',
      harm: 'None as long as they are not chained. Which operators are chained a snapshot does not tell.',
      remedy: 'Set one max parallelism for the whole job (`pipeline.max-parallelism`).',
    },
  },
  job: ({ old }) => {
    const operators = old.operators
      .filter(hasState)
      .filter(({ maxParallelism }) => maxParallelism !== undefined);
    const numbers = [...new Set(operators.map(({ maxParallelism }) => maxParallelism!))].sort(
      (a, b) => a - b,
    );
    if (numbers.length < 2) return [];
    return [
      {
        path: 'max parallelism',
        reason: `the operators of the snapshot have max parallelisms of ${numbers.join(', ')}: Flink refuses the state when two of them are chained`,
        next: 'do not chain operators of different max parallelism',
        facts: numbers.map(String),
      },
    ];
  },
};
