import type { CheckRule } from './check-rule.js';

/** A decimal or timestamp of another precision. */
export const PRECISION_CHANGED: CheckRule = {
  row: {
    id: 'precision-changed',
    purpose: 'a decimal or timestamp of another precision',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The precision or scale of a SQL decimal or timestamp changed; it decides how the values are written.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy: 'Keep precision and scale.',
    },
  },
  next: () => 'keep precision and scale',
};
