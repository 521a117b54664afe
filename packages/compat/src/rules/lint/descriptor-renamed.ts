import { earlierOperator } from '../../lint/earlier.js';
import { atState } from '../../lint/found.js';
import { lostStates } from '../../lint/renamed.js';
import type { LintRule } from './lint-rule.js';

/** A descriptor that has another name since an earlier snapshot: its state started empty. */
export const DESCRIPTOR_RENAMED: LintRule = {
  row: {
    id: 'descriptor-renamed',
    purpose: 'a state that an earlier snapshot had under another name, most likely',
    level: 'data',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'The snapshot of `--since` had a state that is gone, and the same operator has a new state of the same kind and types. Most likely the name of its descriptor was changed.',
      harm: 'Flink knows state by the name of its descriptor. Under the new name the job found nothing and started empty; under the old name nobody asked, and the state was dropped with the next snapshot. There was no message.',
      remedy:
        'Stop the job, take the last snapshot that has the state, and give the state its new name there with `statewright rename`. Then start from that.',
    },
  },
  needs: 'since',
  *find(facts) {
    for (const operator of facts.operators) {
      const before = earlierOperator(facts, operator);
      if (before === undefined) continue;
      for (const { lost, likely } of lostStates(before, operator)) {
        if (likely === undefined) continue;
        yield atState(likely, {
          reason: `"${lost.state.name}" of the earlier snapshot is gone and "${likely.state.name}", of the same kind and types, is new: most likely renamed, and started empty`,
          next: 'give it the new name in the earlier snapshot with `statewright rename`, and start from that',
          before: lost.place,
          facts: [lost.state.name],
        });
      }
    }
  },
};
