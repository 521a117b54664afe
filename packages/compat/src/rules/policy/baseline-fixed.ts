import type { RuleRow } from '../rule.js';

/** A finding of the baseline that is gone. */
export const BASELINE_FIXED: RuleRow = {
  id: 'baseline-fixed',
  purpose: 'a finding of the baseline that is no longer found',
  level: 'data',
  severity: 'note',
  since: '0.1.0',
  docs: {
    what: 'The baseline lists a finding that the snapshot no longer has, although its rule was asked.',
    harm: 'None by itself. As long as the entry stays, the same thing could come back without being seen.',
    remedy: 'Write the baseline again with `--write-baseline` and commit it: the entry disappears.',
  },
};
