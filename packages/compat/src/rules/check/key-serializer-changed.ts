import { refusesNote } from '../../check/refuses-note.js';
import type { CheckRule } from './check-rule.js';

/** Keys with a serializer that cannot read the old keys. */
export const KEY_SERIALIZER_CHANGED: CheckRule = {
  row: {
    id: 'key-serializer-changed',
    purpose: 'keys with a serializer that cannot read the old keys',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: "All keyed state and all timers of an operator share the key's serializer. Flink checks it when the backend is restored, before the job asks for any state, and it never migrates keys: a changed type, or a type that would have to be migrated, is refused.",
      harm: "Flink refuses to restore the operator: the job fails, and restarts and fails again. Nothing of the operator's keyed state can be restored.",
      remedy:
        "Keep the type of the key. For another key, add a new operator with a new uid and fill it from the old one's output.",
    },
  },
  next: () => 'keep the type of the key, or start a new operator with a new uid',
  takes: ({ note, place }) => place.place === 'key' && refusesNote(note, place.resolution, place.place),
  reason: ({ note }) => `Flink does not migrate keys: ${note.reason}`,
};
