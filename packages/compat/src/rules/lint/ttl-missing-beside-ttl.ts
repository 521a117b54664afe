import { isKeyed, type StateFacts } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** A state without TTL beside states that have one. */
export const TTL_MISSING_BESIDE_TTL: LintRule = {
  row: {
    id: 'ttl-missing-beside-ttl',
    purpose: 'a state without TTL in an operator whose other states have one',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    docs: {
      what: 'Some keyed states of the operator have a TTL and this one has none, for the same keys.',
      harm: 'When a key expires its other states go and this one stays: it grows with every key that was ever seen, and it can outlive what it belongs to.',
      remedy:
        'Give its descriptor `enableTimeToLive` too. Flink 1.x refuses to turn TTL on for state that is there; with 2.x it depends on release and backend: `statewright check` says what a target does. If it must outlive the others, ignore this finding with that reason.',
    },
  },
  needs: 'schema',
  *find({ operators }) {
    for (const { states } of operators) {
      const keyed = states.filter(isUserState);
      const withTtl = keyed.filter(({ state }) => state.ttl);
      if (withTtl.length === 0) continue;
      for (const one of keyed.filter(({ state }) => !state.ttl)) {
        yield atState(one, {
          reason: `it has no TTL, but ${withTtl.map(({ state }) => state.name).join(', ')} of the same operator ${withTtl.length === 1 ? 'has' : 'have'}`,
          next: 'give its descriptor a TTL too, or ignore this with the reason why it must outlive the others',
        });
      }
    }
  },
};

function isUserState({ state, schema }: StateFacts): boolean {
  return isKeyed(state) && state.kind !== 'timer' && schema.namespace === null;
}
