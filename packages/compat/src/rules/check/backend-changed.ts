import type { CheckRule } from './check-rule.js';

/** A snapshot in the own format of another backend. */
export const BACKEND_CHANGED: CheckRule = {
  row: {
    id: 'backend-changed',
    purpose: 'a snapshot in the own format of another backend',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Checkpoints and native savepoints are written in the format of the backend. Only a canonical savepoint can be restored by another one.',
      harm: 'Flink refuses to restore, or fails while reading.',
      remedy:
        'Restore with the backend that wrote the snapshot, take a canonical savepoint, and switch with that one.',
    },
  },
  job: ({ writtenBy, target }) => {
    const other = writtenBy.find((backend) => backend !== target.backend);
    if (other === undefined) return [];
    return [
      {
        path: 'backend',
        reason: `the snapshot is in the own format of ${other}, and ${target.backend} is to restore it`,
        next: `restore it with ${other}, and take a canonical savepoint to switch`,
        facts: [other, target.backend],
      },
    ];
  },
};
