import type { CheckRule } from './check-rule.js';

/** A field that a POJO no longer has. */
export const POJO_FIELD_REMOVED: CheckRule = {
  row: {
    id: 'pojo-field-removed',
    purpose: 'a field that a POJO no longer has',
    level: 'data',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: "`PojoSerializer` finds a field in the snapshot that the class does not have any more. The state is compatible after migration: the field's values are read and dropped.",
      harm: 'The values of that field are gone after the next snapshot. There is no way back but the old snapshot.',
      remedy:
        "If that is meant, there is nothing to do. Keep the class of the field's type on the classpath for one more version: Flink needs it to read the old values. If the field was renamed, see `pojo-field-renamed`.",
    },
  },
  next: () =>
    'keep the field if its values are still needed, and in any case keep the class of its type for one more version',
};
