import { spaceOf } from '../../check/spaces.js';
import type { CheckRule } from './check-rule.js';

/** A state of another kind under the same name. */
export const STATE_KIND_CHANGED: CheckRule = {
  row: {
    id: 'state-kind-changed',
    purpose: 'a state of another kind under the same name',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'A ValueState became a ListState, a MapState a ValueState, or the like, under the same name. Flink compares the kinds before the types: "Incompatible key/value state types".',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy: 'Give the new state another name, and fill it from the old one while the job runs.',
    },
  },
  state: ({ address, old, now, kindsDiffer }, operator) =>
    kindsDiffer && old !== undefined && now !== undefined && spaceOf(old) === 'keyed'
      ? [
          {
            operator: operator.address,
            state: address,
            path: address,
            reason: `it was ${old.kind} state and is ${now.kind} state`,
            next: 'give the new state another name',
            before: old.place,
            now: now.place,
            facts: [old.kind, now.kind],
          },
        ]
      : [],
};
