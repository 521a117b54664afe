import type { CheckRule } from './check-rule.js';

/** A type for Kryo that changed. */
export const KRYO_TYPE_CHANGED: CheckRule = {
  row: {
    id: 'kryo-type-changed',
    purpose: 'a type for Kryo that changed',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Kryo writes the values, and the class that it was made for is another one now.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy: 'Keep the class, also in the declaration: an ArrayList is not a List.',
    },
  },
  next: () => 'keep the class as it was declared',
};
