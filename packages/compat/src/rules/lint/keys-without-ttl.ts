import { counted, sizeText } from '../../lint/amounts.js';
import { bytesOf, isKeyed, type StateFacts, sizeOf, statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** Many keys and no TTL. */
export const KEYS_WITHOUT_TTL: LintRule = {
  row: {
    id: 'keys-without-ttl',
    purpose: 'a keyed state with many entries and no TTL',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'minEntries',
        kind: 'count',
        default: 1_000_000,
        why: 'entries of the state; below a million an unbounded set of keys is not yet a problem of size',
      },
    ],
    docs: {
      what: 'The state has at least `minEntries` entries and no TTL. Nothing but the job itself ever removes one. States of windows are not counted: windows clear them.',
      harm: 'If the keys are unbounded (sessions, orders, devices that come and go) the state grows for ever, and with it checkpoints, restore times and disks.',
      remedy:
        'Give its descriptor `enableTimeToLive`, or clear it with a timer. One snapshot does not tell whether the number grows: `lint --since OLD` does. If the keys are bounded, ignore this finding with that reason.',
    },
  },
  needs: 'values',
  *find(facts, threshold) {
    for (const state of statesOf(facts).filter(canGrow)) {
      const entries = sizeOf(state);
      if (entries === undefined || entries < threshold('minEntries')) continue;
      const open = facts.since === undefined ? '; whether they grow, one snapshot does not tell' : '';
      yield atState(state, {
        reason: `${counted(entries, 'entry', 'entries')} (${sizeText(bytesOf(state) ?? 0)}) and no TTL${open}`,
        next: 'give its descriptor a TTL, or compare with an earlier snapshot: lint --since OLD',
      });
    }
  },
};

/** Whether nothing but the job's own code removes entries: windows and timers clean up behind themselves. */
export function canGrow({ state, schema }: StateFacts): boolean {
  return isKeyed(state) && state.kind !== 'timer' && !state.ttl && schema.namespace === null;
}
