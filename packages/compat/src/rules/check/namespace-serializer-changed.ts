import { refusesNote } from '../../check/refuses-note.js';
import type { CheckRule } from './check-rule.js';

/** Namespaces (windows) with a serializer that cannot read the old ones. */
export const NAMESPACE_SERIALIZER_CHANGED: CheckRule = {
  row: {
    id: 'namespace-serializer-changed',
    purpose: 'namespaces (windows) with a serializer that cannot read the old ones',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The namespace of window state is the window. Flink never migrates namespaces: another kind of window is refused.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy: 'Keep the kind of window, or start the operator with a new uid.',
    },
  },
  next: () => 'keep the kind of window, or start the operator with a new uid',
  takes: ({ note, place }) => place.place === 'namespace' && refusesNote(note, place.resolution, place.place),
  reason: ({ note }) => `Flink does not migrate namespaces: ${note.reason}`,
};
