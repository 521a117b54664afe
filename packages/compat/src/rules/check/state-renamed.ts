import { commandOf } from '../../check/commands.js';
import { nameOfOperator } from '../../check/likely-operators.js';
import type { CheckRule } from './check-rule.js';

/** A state that probably has another name now. */
export const STATE_RENAMED: CheckRule = {
  row: {
    id: 'state-renamed',
    purpose: 'a state that probably has another name now',
    level: 'data',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The new job has no state of the old name, and a new one of the same kind and a fitting type. Flink knows states by the names of their descriptors: it restores without a word.',
      harm: 'The job starts with an empty state. The old values are carried along unread, or gone.',
      remedy:
        'Give the descriptor its old name back, or rename the state in the snapshot with `statewright rename` and start the job from the result. If the two have nothing to do with each other, ignore the finding with a reason.',
    },
  },
  state: ({ address, old, now, likely, mayBeHidden }, operator, job) =>
    old === undefined ||
    now !== undefined ||
    operator.old === undefined ||
    likely === undefined ||
    mayBeHidden
      ? []
      : [
          {
            operator: operator.address,
            state: address,
            path: address,
            reason: `the new job has no ${old.kind} state "${old.name}", and Flink drops the old one silently; it is probably called "${likely.name}" now, which ${likely.because}`,
            next: commandOf(
              'rename',
              job.old.source.path,
              `${nameOfOperator(operator.old)}/${old.name}`,
              likely.name,
              '-o',
              'DIR',
            ),
            before: old.place,
            now: operator.now?.place,
            facts: [likely.name],
          },
        ],
};
