import { pathOf } from '../../check/find-findings.js';
import { refusesNote } from '../../check/refuses-note.js';
import type { CheckRule } from './check-rule.js';

/** A serializer whose check passes and that Flink cannot restore. */
export const RESTORE_FAILS: CheckRule = {
  row: {
    id: 'restore-fails',
    purpose: 'a serializer whose check passes and that Flink cannot restore',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: "Flink's check of the types passes, and then it fails: the old serializer cannot be made in the new job, or the backend cannot carry out the migration (keys of a map state on RocksDB).",
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy: 'Do what the reason asks for: bring back what is missing, or keep the old type.',
    },
  },
  state: (state, operator) =>
    state.places.flatMap((place) => {
      const { restores, throws, notes, verdict } = place.resolution;
      if (restores !== 'no' || notes.some((note) => refusesNote(note, place.resolution, place.place)))
        return [];
      const { owner, path } = pathOf(place, state, operator);
      const reason =
        throws ?? `Flink would have to migrate it (${verdict}), which it does not do with a ${place.label}`;
      return [
        {
          operator: operator.address,
          state: owner === operator.address ? undefined : state.address,
          path,
          reason,
          next: 'bring back what is missing, or keep the old type',
          before: state.old?.place,
          now: state.now?.place,
          facts: [reason],
        },
      ];
    }),
};
