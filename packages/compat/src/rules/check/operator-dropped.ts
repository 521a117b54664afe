import { hasState } from '../../check/pair-job.js';
import type { OperatorSchema } from '../../schema/job-schema.js';
import { type CheckRule, MISREAD } from './check-rule.js';

/** An operator with state that the new job no longer has. */
export const OPERATOR_DROPPED: CheckRule = {
  row: {
    id: 'operator-dropped',
    purpose: 'an operator with state that the new job no longer has',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Flink matches operators by their ids, which come from their uids, and refuses to start a job that has no place for some of the state: "Cannot map checkpoint/savepoint state for operator ...". With `--allowNonRestoredState` it skips that operator.',
      harm: 'The job does not start. With `--allowNonRestoredState` all state of the operator is gone.',
      remedy:
        'Bring the operator back. If it was removed on purpose, start the job with `--allowNonRestoredState` and check with `--allow-non-restored`.',
    },
  },
  operator: ({ address, old, now, likely }, job) =>
    old === undefined || now !== undefined || likely !== undefined || !hasState(old)
      ? []
      : [
          {
            operator: address,
            path: address,
            reason: `the new job has no operator ${old.id}${old.uid === undefined ? '' : ` (uid "${old.uid}")`}, which holds ${stateText(old)}; ${job.allowNonRestored ? 'Flink skips it' : 'Flink refuses to lose it'}`,
            next: job.allowNonRestored
              ? 'bring the operator back, or ignore this with a reason'
              : 'bring the operator back, or start with --allowNonRestoredState to lose its state',
            before: old.place,
            ...(job.allowNonRestored ? { grade: MISREAD } : {}),
          },
        ],
};

function stateText({ states }: OperatorSchema): string {
  if (states.length === 0) return 'state without a description';
  return states.length === 1 ? `the state "${states[0]!.name}"` : `${states.length} states`;
}
