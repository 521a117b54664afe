import type { CheckRule } from './check-rule.js';

/** A constant that an enum no longer has. */
export const ENUM_CONSTANT_REMOVED: CheckRule = {
  row: {
    id: 'enum-constant-removed',
    purpose: 'a constant that an enum no longer has',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: "The snapshot names a constant that the enum class does not have any more. Flink throws while it reads the snapshot. In a field of a POJO it swallows that and then fails to restore the POJO's serializer.",
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy:
        'Keep the constant, marked as deprecated, as long as snapshots name it. To rename one, add the new constant and keep the old.',
    },
  },
  next: () => 'keep the constant as long as snapshots name it',
};
