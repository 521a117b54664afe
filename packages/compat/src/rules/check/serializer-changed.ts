import { serializerName } from '../../resolve/names.js';
import type { CheckRule } from './check-rule.js';

/* Since 2.1 backends compare as if TTL could be turned on, inside of wrappers that no job has. */

/** A type with another serializer. */
export const SERIALIZER_CHANGED: CheckRule = {
  row: {
    id: 'serializer-changed',
    purpose: 'a type with another serializer',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Another serializer stands where the old one stood: the type of the state, of an element, a key or a value was exchanged. Flink compares serializers, not the values they could convert.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy:
        'Keep the old type. Or declare a new state under another name, fill it from the old one while the job runs, and drop the old one in a later version.',
    },
  },
  reason: ({ note, place }) =>
    note.path.length === 0 && note.reason.includes('TtlAwareSerializer')
      ? `${serializerName(place.old)} wrote it, but the new job has ${serializerName(place.now)}`
      : note.reason,
  next: () => 'keep the old type, or declare a new state under another name and fill it from the old one',
};
