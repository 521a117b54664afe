import type { CheckRule } from './check-rule.js';

/** An operator with more subtasks than the snapshot has key groups. */
export const PARALLELISM_TOO_HIGH: CheckRule = {
  row: {
    id: 'parallelism-too-high',
    purpose: 'an operator with more subtasks than the snapshot has key groups',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The max parallelism of the snapshot is the most subtasks that the operator can have.',
      harm: 'Flink refuses to start the job.',
      remedy: 'Lower the parallelism of the operator.',
    },
  },
  operator: ({ address, old, now }, job) => {
    const [most, wanted] = [old?.maxParallelism, now?.parallelism];
    if (most === undefined || wanted === undefined || wanted <= most || job.predicted) return [];
    return [
      {
        operator: address,
        path: `${address} > parallelism`,
        reason: `the parallelism is ${wanted}, but the snapshot has only ${most} key groups`,
        next: `lower the parallelism to ${most} or less`,
        before: old?.place,
        now: now?.place,
      },
    ];
  },
};
