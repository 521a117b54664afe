import { counted, countText, shareText } from '../../lint/amounts.js';
import { statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** A TTL state that holds mostly what has expired. */
export const TTL_EXPIRED_SHARE: LintRule = {
  row: {
    id: 'ttl-expired-share',
    purpose: 'a TTL state of which a large share has expired',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxShare',
        kind: 'ratio',
        default: 0.3,
        why: 'expired values over all; compactions and cleanups leave some behind, but not every third',
      },
      {
        name: 'minValues',
        kind: 'count',
        default: 1000,
        why: 'values with a time; the share of a few says nothing',
      },
    ],
    docs: {
      what: 'With the TTL of `--ttl`, more than `maxShare` of the values had expired by now (or by `--at`) and are still in the snapshot.',
      harm: 'Expired values cost space, checkpoint time and restore time. The job never sees them, but nothing removes them either.',
      remedy:
        'Set a cleanup strategy: `cleanupInRocksdbCompactFilter` for RocksDB, `cleanupIncrementally` for the heap, `cleanupFullSnapshot` to leave them out of savepoints.',
    },
  },
  needs: 'values',
  *find(facts, threshold) {
    for (const state of statesOf(facts)) {
      const ttl = state.stats?.ttl;
      if (ttl?.expired === null || ttl?.expired === undefined || ttl.expiredShare === null) continue;
      if (ttl.values < threshold('minValues') || ttl.expiredShare <= threshold('maxShare')) continue;
      const share = shareText(ttl.expiredShare);
      yield atState(state, {
        reason: `${countText(ttl.expired)} of ${counted(ttl.values, 'value')} (${share}) have expired and are still there`,
        next: 'set a cleanup strategy in its StateTtlConfig',
      });
    }
  },
};
