import { sizeOf, statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** A state without entries. */
export const EMPTY_STATE: LintRule = {
  row: {
    id: 'empty-state',
    purpose: 'a state that is registered and holds nothing',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: 'The snapshot names the state and holds no entry of it, in any subtask. Timers are not counted: every operator with timers has queues that may be empty.',
      harm: 'None if nothing has happened yet. It is also what a state looks like whose descriptor was renamed, whose TTL is too short, or that nobody writes any more.',
      remedy:
        'Compare with an earlier snapshot: `lint --since OLD`. Remove the descriptor if nothing uses it.',
    },
  },
  needs: 'values',
  *find(facts) {
    for (const state of statesOf(facts)) {
      if (state.state.kind === 'timer' || state.operator.fullyFinished || sizeOf(state) !== 0) continue;
      const elements = state.stats?.elements;
      if (typeof elements === 'number' && elements > 0) continue;
      yield atState(state, {
        reason: 'it is registered and holds no entry in any subtask',
        next: 'compare with an earlier snapshot: lint --since OLD',
      });
    }
  },
};
