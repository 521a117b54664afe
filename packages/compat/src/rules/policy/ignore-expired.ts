import type { RuleRow } from '../rule.js';

/** An exception whose last day is over. */
export const IGNORE_EXPIRED: RuleRow = {
  id: 'ignore-expired',
  purpose: 'an exception whose last day is over',
  level: 'data',
  severity: 'warning',
  since: '0.1.0',
  docs: {
    what: 'An `ignore` in `statewright.yaml` or in a state contract has an `until` that lies before today. It excuses nothing any more: what it covered counts again.',
    harm: 'None by itself. The exception was granted for a time, and that time is over without anybody having looked at it again.',
    remedy:
      'Mend what the exception covered and remove it. If it still holds, give it a later `until` and say in `reason` why.',
  },
};
