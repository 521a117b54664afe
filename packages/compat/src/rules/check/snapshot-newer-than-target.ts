import { compareVersions, firstVersionOf, versionText } from '../../check/versions.js';
import type { CheckRule } from './check-rule.js';

/** A snapshot of a later release than the one that restores. */
export const SNAPSHOT_NEWER_THAN_TARGET: CheckRule = {
  row: {
    id: 'snapshot-newer-than-target',
    purpose: 'a snapshot of a later release than the one that restores',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: "The snapshot's metadata, a handle or a header is in a form that the target release does not know yet.",
      harm: 'Flink refuses to read the snapshot.',
      remedy: 'Restore with the release that wrote it, or a later one.',
    },
  },
  job: ({ old, target }) => {
    const first = firstVersionOf(old.source);
    if (first === undefined || compareVersions(target.version, first) >= 0) return [];
    return [
      {
        path: 'flink version',
        reason: `Flink ${versionText(first)} or later wrote the snapshot, and Flink ${versionText(target.version)} is to restore it`,
        next: `restore it with Flink ${versionText(first)} or later`,
        facts: [versionText(first), versionText(target.version)],
      },
    ];
  },
};
