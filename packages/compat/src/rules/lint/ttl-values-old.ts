import { spanText, timeText } from '../../lint/amounts.js';
import { statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** Values of a TTL state that nobody has used for long. */
export const TTL_VALUES_OLD: LintRule = {
  row: {
    id: 'ttl-values-old',
    purpose: 'a TTL state with values that were last used long ago',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxAge',
        kind: 'duration',
        default: 7_776_000_000,
        why: 'time since the oldest last access; 90 days without use is longer than most TTLs',
      },
    ],
    docs: {
      what: 'The oldest value of the state was last used more than `maxAge` before now (or before `--at`). The snapshot holds the time of the last access of each value, not the TTL.',
      harm: 'Either the TTL is longer than anything needs, or expired values are not cleaned up: they stay in the state until somebody reads the key or a cleanup removes them.',
      remedy:
        'Compare with the TTL of the descriptor: `lint --ttl 7d` tells the expired share. Set a cleanup strategy: `cleanupInRocksdbCompactFilter`, `cleanupIncrementally`, or `cleanupFullSnapshot`.',
    },
  },
  needs: 'values',
  *find(facts, threshold) {
    for (const state of statesOf(facts)) {
      const oldest = state.stats?.ttl?.oldestMillis;
      if (oldest === null || oldest === undefined) continue;
      const age = facts.atMillis - Number(oldest);
      if (age <= threshold('maxAge')) continue;
      yield atState(state, {
        reason: `its oldest value was last used ${timeText(oldest)}, ${spanText(age)} before ${timeText(facts.atMillis)}`,
        next: 'compare with the TTL of its descriptor: lint --ttl DURATION tells the expired share',
      });
    }
  },
};
