import { counted, spanText, timeText } from '../../lint/amounts.js';
import { statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** Timers that should have fired long ago. */
export const TIMERS_LONG_OVERDUE: LintRule = {
  row: {
    id: 'timers-long-overdue',
    purpose: 'timers that were due long ago and have not fired',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxOverdue',
        kind: 'duration',
        default: 2_592_000_000,
        why: 'time since the first timer was due; 30 days are longer than a job stands still or a watermark lags',
      },
    ],
    docs: {
      what: 'The first timer of the queue was due more than `maxOverdue` before now (or before `--at`). Give the time of the snapshot with `--at` when it is an old one.',
      harm: 'An event-time timer waits for the watermark: one idle or late input holds it back for all, and the state behind it grows. Processing-time timers that are overdue fire all at once after a restore.',
      remedy:
        'For event time, look for the input whose watermark does not move: `withIdleness`, watermark alignment. For processing time, expect the burst, or spread the timers.',
    },
  },
  needs: 'values',
  *find(facts, threshold) {
    for (const state of statesOf(facts)) {
      const { timers, entries } = state.stats ?? {};
      const earliest = timers?.earliestMillis;
      if (timers === null || timers === undefined || earliest === null || earliest === undefined) continue;
      const overdue = facts.atMillis - Number(earliest);
      if (overdue <= threshold('maxOverdue')) continue;
      const count = timers.buckets.find(({ untilMillis }) => untilMillis === 0)?.count ?? 0;
      yield atState(state, {
        reason: `the first timer was due ${timeText(earliest)}, ${spanText(overdue)} before ${timeText(facts.atMillis)}; ${count} of ${counted(entries ?? count, 'timer')} are overdue`,
        next: 'look for an input whose watermark does not move, or give the time of the snapshot with --at',
      });
    }
  },
};
