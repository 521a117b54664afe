import type { CheckRule } from './check-rule.js';

/** A type whose Java class changed. */
export const CLASS_CHANGED: CheckRule = {
  row: {
    id: 'class-changed',
    purpose: 'a type whose Java class changed',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: "The snapshot names a Java class (of an array's component, a case class, a `Value` or `Writable`, a comparator) and the new job has another one in its place.",
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy: 'Keep the class.',
    },
  },
  next: () => 'keep the class',
};
