import type { CheckRule } from './check-rule.js';

/** A type that can be null and could not, or could and cannot. */
export const NULLABLE_CHANGED: CheckRule = {
  row: {
    id: 'nullable-changed',
    purpose: 'a type that can be null and could not, or could and cannot',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: '`NullableSerializer` was put around a serializer, taken away, or pads its nulls otherwise.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy: 'Keep the serializer as it was.',
    },
  },
  next: () => 'keep the serializer as it was',
};
