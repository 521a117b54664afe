import { commandOf } from '../../check/commands.js';
import { nameOfOperator } from '../../check/likely-operators.js';
import { type CheckRule, MISREAD } from './check-rule.js';

/** An operator that probably has another uid now. */
export const UID_CHANGED: CheckRule = {
  row: {
    id: 'uid-changed',
    purpose: 'an operator that probably has another uid now',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Flink matches operators by their ids: the hash of the uid, or of the place in the job graph where there is none. The new job has no operator of that id, and a new one with the same states.',
      harm: 'Flink refuses to start the job: "Cannot map checkpoint/savepoint state for operator ...". With `--allowNonRestoredState` it starts, and the operator is empty.',
      remedy:
        'Give the operator its old uid (`uid(...)`, or `setUidHash(...)` where it had none), or rename it in the snapshot with `statewright rename-operator`.',
    },
  },
  operator: ({ address, old, now, likely }, job) =>
    old === undefined || now !== undefined || likely === undefined
      ? []
      : [
          {
            operator: address,
            path: address,
            reason: `the new job has no operator ${old.id}${old.uid === undefined ? '' : ` (uid "${old.uid}")`}; it is probably "${likely.name}" now, which ${likely.because}; ${job.allowNonRestored ? 'Flink skips it' : 'Flink refuses to lose it'}`,
            next: commandOf(
              'rename-operator',
              job.old.source.path,
              nameOfOperator(old),
              uidOf(likely.name),
              '-o',
              'DIR',
            ),
            before: old.place,
            facts: [likely.name],
            ...(job.allowNonRestored ? { grade: MISREAD } : {}),
          },
        ],
};

/** A snapshot before 2.0 knows the id only, and a uid is what a person has to give. */
function uidOf(name: string): string {
  return /^[0-9a-f]{32}$/.test(name) ? 'NEW_UID' : name;
}
