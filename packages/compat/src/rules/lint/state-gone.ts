import { counted } from '../../lint/amounts.js';
import type { StateFacts } from '../../lint/facts.js';
import { lostStates } from '../../lint/renamed.js';
import type { Found } from '../make-finding.js';
import type { LintRule } from './lint-rule.js';

/** A state or operator that only the earlier snapshot has. */
export const STATE_GONE: LintRule = {
  row: {
    id: 'state-gone',
    purpose: 'a state or an operator that an earlier snapshot had',
    level: 'data',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: 'The snapshot of `--since` had this state, and this snapshot has neither it nor a new one of the same kind and types.',
      harm: 'None if it was removed on purpose. Otherwise it was dropped: Flink drops a state that no descriptor asks for without a message, and an operator that is gone with `--allowNonRestoredState`.',
      remedy:
        'Compare with the change of the job. If the state is needed, go back to the last snapshot that has it.',
    },
  },
  needs: 'since',
  *find(facts) {
    for (const before of facts.since?.operators ?? []) {
      const now = facts.operators.find(({ operator }) => operator.id === before.operator.id);
      if (now === undefined) {
        if (before.states.length === 0) continue;
        const states = counted(before.states.length, 'state');
        yield gone(
          before.address,
          undefined,
          `the operator of the earlier snapshot is gone, with ${states}`,
          before,
        );
        continue;
      }
      for (const { lost, likely } of lostStates(before, now)) {
        if (likely === undefined)
          yield gone(before.address, lost, 'the earlier snapshot had it, this one has not', lost);
      }
    }
  },
};

function gone(
  operator: string,
  lost: StateFacts | undefined,
  reason: string,
  { place }: Pick<StateFacts, 'place'>,
): Found {
  return {
    operator,
    state: lost?.address,
    path: lost?.address ?? operator,
    reason,
    next: 'compare with the change of the job; the earlier snapshot still has it',
    before: place,
  };
}
