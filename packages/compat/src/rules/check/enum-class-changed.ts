import type { CheckRule } from './check-rule.js';

/** An enum of another class. */
export const ENUM_CLASS_CHANGED: CheckRule = {
  row: {
    id: 'enum-class-changed',
    purpose: 'an enum of another class',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The snapshot names the Java class of the enum, and the new job has another one in its place.',
      harm: 'Where the old class is gone, the restore dies while the snapshot is read. Where it is still there, the two serializers are incompatible.',
      remedy: 'Keep the enum under its old name and package.',
    },
  },
  next: () => 'keep the enum under its old name and package',
};
