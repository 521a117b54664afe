import { hiddenStates, unknownPlaces } from '../../check/unknown-places.js';
import type { CheckRule } from './check-rule.js';

/** A state of which nobody can tell whether Flink takes it. */
export const VERDICT_UNKNOWN: CheckRule = {
  row: {
    id: 'verdict-unknown',
    purpose: 'a state of which nobody can tell whether Flink takes it',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: "A serializer snapshot is of a class that is not Flink's and decides for itself in Java code, or a header could not be read to its end, or the two sides use different state APIs.",
      harm: 'Flink may refuse the state, migrate it, or misread it.',
      remedy:
        'Try the restore in a test with the real job. With `--snapshot MODULE` a reader for the class can be given, so that at least its types are compared.',
    },
  },
  next: () => 'try the restore with the real job, or give a reader for the class with --snapshot',
  undecided: true,
  takes: ({ note }) => note.verdict === 'UNKNOWN',
  operator: hiddenStates,
  state: (state, operator) => unknownPlaces(state, operator),
};
