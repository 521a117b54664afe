import type { CheckRule } from './check-rule.js';

/** A field of a POJO whose type changed. */
export const POJO_FIELD_TYPE_CHANGED: CheckRule = {
  row: {
    id: 'pojo-field-type-changed',
    purpose: 'a field of a POJO whose type changed',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'A field keeps its name and gets another serializer, for example `int` to `long`. Flink has no conversion between types: the field is incompatible, and with it the POJO.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy:
        'Keep the old type. Or add a field of the new type under another name, fill it from the old one while the job runs, and drop the old field in a later version.',
    },
  },
  next: () =>
    'keep the old type, or add a field of the new type under another name and fill it from the old one',
};
