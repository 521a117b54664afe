import type { CheckRule } from './check-rule.js';

/** A recorded subclass of a POJO that cannot be read any more. */
export const POJO_SUBCLASS_MISSING: CheckRule = {
  row: {
    id: 'pojo-subclass-missing',
    purpose: 'a recorded subclass of a POJO that cannot be read any more',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The snapshot holds the serializer of a subclass whose values were written, registered or not. In the new job that subclass, or something in it, cannot be read.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy:
        'Keep the class on the classpath as long as snapshots name it, even when no new values of it are written.',
    },
  },
  next: () => 'keep the subclass on the classpath as long as snapshots name it',
};
