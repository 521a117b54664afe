import { pathOf } from '../../check/find-findings.js';
import type { CheckRule } from './check-rule.js';

/** Values that Flink accepts and reads wrongly. */
export const VALUES_MISREAD: CheckRule = {
  row: {
    id: 'values-misread',
    purpose: 'values that Flink accepts and reads wrongly',
    level: 'data',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Flink takes the two types for compatible, and the bytes of the old one mean something else to the new one.',
      harm: 'Wrong values, or an exception when an entry is read.',
      remedy: 'Keep the old type, or declare a new state under another name and fill it from the old one.',
    },
  },
  state: (state, operator) =>
    state.places.flatMap((place) => {
      const { restores, readable, notes } = place.resolution;
      if (restores !== 'yes' || readable !== 'no' || notes.some((note) => note.readable === 'no')) return [];
      const { owner, path } = pathOf(place, state, operator);
      return [
        {
          operator: operator.address,
          state: owner === operator.address ? undefined : state.address,
          path,
          reason: 'Flink accepts the type, and its values come back wrong',
          next: 'keep the old type',
          before: state.old?.place,
          now: state.now?.place,
        },
      ];
    }),
};
