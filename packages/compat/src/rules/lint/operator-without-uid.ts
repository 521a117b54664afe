import { atOperator } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** From this metadata version on a snapshot tells uids. */
export const UIDS_SINCE = 5;

/** An operator with state to which nobody gave a uid. */
export const OPERATOR_WITHOUT_UID: LintRule = {
  row: {
    id: 'operator-without-uid',
    purpose: 'an operator with state and without a uid',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: "The snapshot holds state of an operator for which the job set no uid. Flink derived the operator's id from its place in the job graph. Snapshots of Flink 2.0 and later tell this (metadata V5). A job that calls `setUidHash` sets the id and no uid: ignore the finding with that reason.",
      harm: 'Any operator that is added, removed or chained in another way changes the derived id. Flink then finds no operator for the state: it refuses the snapshot, or drops the state with `--allowNonRestoredState`.',
      remedy:
        'Call `.uid("…")` on every operator with state. To keep the present state, set the id that it has now with `.setUidHash("…")`, or give it the new uid offline with `statewright rename-operator`.',
    },
  },
  needs: 'schema',
  *find({ operators, savepoint }) {
    if (savepoint.metadataVersion < UIDS_SINCE) return;
    for (const operator of operators) {
      const { states, operator: stored } = operator;
      if (states.length === 0 || stored.uid !== undefined) continue;
      yield atOperator(operator, {
        reason: `it has ${states.length === 1 ? 'a state' : `${states.length} states`} and no uid: its id ${stored.id} follows from the job graph`,
        next: `call .uid("…") on it; .setUidHash("${stored.id}") keeps the state that is there`,
      });
    }
  },
};
