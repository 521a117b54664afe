import type { CheckRule } from './check-rule.js';

/** A field or subclass of a POJO whose old serializer cannot be read. */
export const POJO_FIELD_UNREADABLE: CheckRule = {
  row: {
    id: 'pojo-field-unreadable',
    purpose: 'a field or subclass of a POJO whose old serializer cannot be read',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The snapshot of a field\'s serializer cannot be read in the new job: its class, enum constant or subclass is gone. Flink swallows that when it reads the snapshot and takes the field for a removed one, so that its check passes. Then `restoreSerializer` throws "field serializer snapshots should be present."',
      harm: 'The restore dies although Flink\'s own check says "compatible after migration". That holds even when the field was dropped on purpose together with its class.',
      remedy: 'Bring the class or constant back and keep it for one version longer than the field.',
    },
  },
  next: () => 'bring back the class or the constant, and keep it for one version longer than the field',
};
