import type { CheckRule } from './check-rule.js';

/** A state or operator that the old snapshot does not have. */
export const STARTS_EMPTY: CheckRule = {
  row: {
    id: 'starts-empty',
    purpose: 'a state or operator that the old snapshot does not have',
    level: 'data',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: 'The new job has a state, or an operator with state, that the snapshot knows nothing of.',
      harm: 'It starts empty. That is as it should be when it is new.',
      remedy: 'Nothing has to be done. If it should hold old values, its name or uid is not what it was.',
    },
  },
  operator: ({ address, old, now, likelyWas }) =>
    old !== undefined || now === undefined || now.states.length === 0 || likelyWas !== undefined
      ? []
      : [
          {
            operator: address,
            path: address,
            reason: `the snapshot has no such operator; it starts empty, with ${now.states.length} ${now.states.length === 1 ? 'state' : 'states'}`,
            next: 'nothing has to be done if it is new',
            now: now.place,
          },
        ],
  state: ({ address, old, now, likelyWas, mayBeHidden }, operator) =>
    old !== undefined ||
    now === undefined ||
    operator.old === undefined ||
    likelyWas !== undefined ||
    mayBeHidden
      ? []
      : [
          {
            operator: operator.address,
            state: address,
            path: address,
            reason: 'the snapshot has no such state; it starts empty',
            next: 'nothing has to be done if it is new',
            now: now.place,
          },
        ],
};
