import { counted, ratioText, shareText } from '../../lint/amounts.js';
import { earlierState } from '../../lint/earlier.js';
import { isKeyed, type StateFacts, statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** A state that has grown since an earlier snapshot. */
export const STATE_GROWS: LintRule = {
  row: {
    id: 'state-grows',
    purpose: 'a keyed state that has grown much since an earlier snapshot',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'minGrowth',
        kind: 'ratio',
        default: 1.2,
        why: 'entries now over entries then; a fifth more between two snapshots is more than the swing of a day in most jobs',
      },
      {
        name: 'minEntries',
        kind: 'count',
        default: 10_000,
        why: 'entries now; small states double without meaning anything',
      },
    ],
    docs: {
      what: 'Compared with the snapshot of `--since`, the state has at least `minGrowth` times the entries.',
      harm: 'A state that only grows fills the disk or the heap in the end; checkpoints and restores take longer all the way.',
      remedy:
        'Look at the keys with `statewright stats` and `export`. If they are never used again, give the state a TTL or clear it with a timer. If the job is young or the load grew, ignore this finding until a day when it should have settled.',
    },
  },
  needs: 'since',
  *find(facts, threshold) {
    for (const state of statesOf(facts)) {
      const before = earlierState(facts, state);
      const growth = before === undefined ? undefined : growthOf(before, state);
      if (growth === undefined || !isKeyed(state.state)) continue;
      const [then, now] = growth;
      if (then === 0 || now < threshold('minEntries') || now < then * threshold('minGrowth')) continue;
      const more =
        now >= 2 * then ? `${ratioText(now / then)} times` : `${shareText(now / then - 1)} more than`;
      yield atState(state, {
        reason: `${counted(now, 'entry', 'entries')}, ${more} the ${counted(then, 'entry', 'entries')} of the earlier snapshot, ${state.state.ttl ? 'although it has a TTL' : 'and it has no TTL'}`,
        next: 'look at its keys with `statewright stats`, and give it a TTL or clear it with a timer',
        before: before?.place,
      });
    }
  },
};

/** Entries of both, or elements of both where only those were counted; undefined where the two cannot be compared. */
function growthOf(
  { stats: before }: StateFacts,
  { stats: now }: StateFacts,
): readonly [number, number] | undefined {
  if (before === undefined || now === undefined) return undefined;
  if (before.entries !== null && now.entries !== null) return [before.entries, now.entries];
  return before.elements === null || now.elements === null ? undefined : [before.elements, now.elements];
}
