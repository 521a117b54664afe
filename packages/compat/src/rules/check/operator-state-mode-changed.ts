import { spaceOf } from '../../check/spaces.js';
import type { CheckRule } from './check-rule.js';

/** An operator list state that is redistributed in another way. */
export const OPERATOR_STATE_MODE_CHANGED: CheckRule = {
  row: {
    id: 'operator-state-mode-changed',
    purpose: 'an operator list state that is redistributed in another way',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'A list state of an operator is asked for as a union list, or the other way round: "Incompatible state assignment modes".',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy: 'Ask for the state as before, or give it another name.',
    },
  },
  state: ({ address, old, now, kindsDiffer }, operator) =>
    kindsDiffer && old !== undefined && now !== undefined && spaceOf(old) === 'list'
      ? [
          {
            operator: operator.address,
            state: address,
            path: address,
            reason: `it was ${old.kind} state and is ${now.kind} state`,
            next: 'ask for the state as before, or give it another name',
            before: old.place,
            now: now.place,
            facts: [old.kind, now.kind],
          },
        ]
      : [],
};
