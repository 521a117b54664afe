import type { CheckRule } from './check-rule.js';

/** A POJO of another class. */
export const POJO_CLASS_CHANGED: CheckRule = {
  row: {
    id: 'pojo-class-changed',
    purpose: 'a POJO of another class',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The snapshot names the Java class of the POJO, and the new job has another one in its place: it was renamed, or moved to another package. Flink loads the old class by its name while it reads the snapshot.',
      harm: 'Where the old class is gone, the restore dies with "Could not find class ... in classpath". Where it is still there, the two serializers are incompatible.',
      remedy: 'Keep the class under its old name and package.',
    },
  },
  next: () => 'keep the class under its old name and package',
};
