import { counted, spanText, timeText } from '../../lint/amounts.js';
import { statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** Timers that will hardly ever fire. */
export const TIMERS_FAR_AHEAD: LintRule = {
  row: {
    id: 'timers-far-ahead',
    purpose: 'timers that are due in the distant future',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxAhead',
        kind: 'duration',
        default: 31_536_000_000,
        why: 'time until the last timer is due; more than a year ahead is usually a wrong unit or a missing bound',
      },
    ],
    docs: {
      what: 'The last timer of the queue is due more than `maxAhead` after now (or after `--at`). Timers at the very end of time, which Flink fires when its input ends, count too.',
      harm: 'What such a timer is to clean up stays. A common cause is a time in microseconds or nanoseconds where Flink takes milliseconds, or a bad timestamp in one event.',
      remedy:
        'Look at the timers with `statewright export`. Check the unit, and bound what comes from the data.',
    },
  },
  needs: 'values',
  *find(facts, threshold) {
    for (const state of statesOf(facts)) {
      const { timers, entries } = state.stats ?? {};
      const latest = timers?.latestMillis;
      if (timers === null || timers === undefined || latest === null || latest === undefined) continue;
      const ahead = Number(latest) - facts.atMillis;
      if (ahead <= threshold('maxAhead')) continue;
      const later = timers.buckets.find(({ untilMillis }) => untilMillis === null)?.count ?? 0;
      const many =
        later > 0 ? `, and ${later} of ${counted(entries ?? later, 'timer')} more than a year` : '';
      yield atState(state, {
        reason: `the last timer is due ${timeText(latest)}, ${spanText(ahead)} ahead${many}`,
        next: 'check the unit of the time, and bound what comes from the data',
      });
    }
  },
};
