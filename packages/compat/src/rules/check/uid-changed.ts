import { commandOf } from '../../check/commands.js';
import { nameOfOperator } from '../../check/likely-operators.js';
import type { JobPair } from '../../check/pairs.js';
import type { OperatorSchema } from '../../schema/job-schema.js';
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
            next: nextFor(old, likely.name, job),
            before: old.place,
            facts: [likely.name],
            ...(job.allowNonRestored ? { grade: MISREAD } : {}),
          },
        ],
};

/** An operator that has a name and no uid has lost it: no snapshot can be renamed to the hash of its place in the job. */
function nextFor(old: OperatorSchema, likely: string, { old: before, now }: JobPair): string {
  const found = now.operators.find((operator) => nameOfOperator(operator) === likely);
  if (found !== undefined && found.uid === undefined && found.name !== undefined) {
    const uid = old.uid === undefined ? `setUidHash("${old.id}")` : `uid("${old.uid}")`;
    return `give the operator ${uid} again, which it has lost`;
  }
  return commandOf('rename-operator', before.source.path, nameOfOperator(old), uidOf(likely), '-o', 'DIR');
}

/** A snapshot before 2.0 knows the id only, and a uid is what a person has to give. */
function uidOf(name: string): string {
  return /^[0-9a-f]{32}$/.test(name) ? 'NEW_UID' : name;
}
