import type { RuleRow } from '../rule.js';

/** An exception that excuses nothing. */
export const IGNORE_UNUSED: RuleRow = {
  id: 'ignore-unused',
  purpose: 'an exception that excuses nothing',
  level: 'data',
  severity: 'note',
  since: '0.1.0',
  docs: {
    what: 'An `ignore` in `statewright.yaml` or in a state contract matches no finding of its rule, although the rule was asked.',
    harm: 'It may be left over from something that was mended. Or its `state`, `operator` or `path` is misspelt, and what it was meant for counts.',
    remedy:
      'Remove it. If it should match, compare its text with the path that the finding shows; `*` stands for any characters.',
  },
};
