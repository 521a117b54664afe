import type { CheckRule } from './check-rule.js';

/** A tuple or row with another number of fields. */
export const ARITY_CHANGED: CheckRule = {
  row: {
    id: 'arity-changed',
    purpose: 'a tuple or row with another number of fields',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'A tuple, row or other composite has more or fewer parts than before. Flink compares their number before it compares them.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy:
        'Keep the number of fields. A POJO or an Avro record in a state of another name can gain and lose fields later.',
    },
  },
  next: () => 'keep the number of fields, or go over to a POJO or an Avro record in a state of another name',
};
