import type { CheckRule } from './check-rule.js';

/** A state that the new job no longer has. */
export const STATE_DROPPED: CheckRule = {
  row: {
    id: 'state-dropped',
    purpose: 'a state that the new job no longer has',
    level: 'data',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The operator is there, and nothing of the new job asks for a state of that name. Flink knows states by the names of their descriptors and says nothing: keyed state is carried along unread in the next snapshots.',
      harm: 'The job does not see the values any more. Flink drops them silently as far as the job is concerned.',
      remedy:
        'If that is meant, ignore the finding with a reason. If the descriptor was renamed, give it back its name, or rename the state in the snapshot with `statewright rename`.',
    },
  },
  state: ({ address, old, now, likely, mayBeHidden }, operator) =>
    old === undefined ||
    now !== undefined ||
    operator.now === undefined ||
    likely !== undefined ||
    mayBeHidden
      ? []
      : [
          {
            operator: operator.address,
            state: address,
            path: address,
            reason: `the new job has no ${old.kind} state "${old.name}", and Flink drops the old one silently`,
            next: 'give a descriptor this name again, or ignore this with a reason',
            before: old.place,
            now: operator.now.place,
          },
        ],
};
