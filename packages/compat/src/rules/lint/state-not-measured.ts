import type { LintRule } from './lint-rule.js';

/** A state whose entries this release cannot read, so that rules about values say nothing of it. */
export const STATE_NOT_MEASURED: LintRule = {
  row: {
    id: 'state-not-measured',
    purpose: 'a state whose entries cannot be read: rules about values say nothing of it',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: "The entries of the state lie in a form that this release does not read (RocksDB's own files, a changelog), or behind a serializer that nobody knows. The schema was looked at; sizes, keys, skew, timers and TTL were not.",
      harm: 'None by itself, but no finding about its values is no good news.',
      remedy: 'Run `lint` on a savepoint in canonical format: `flink savepoint JOB DIR -type canonical`.',
    },
  },
  needs: 'values',
  *find({ unread, operators }) {
    for (const { address, why } of unread) {
      const operator = operators.find((one) => one.states.some((state) => state.address === address));
      const state = operator?.states.find((one) => one.address === address);
      yield {
        operator: operator?.address,
        state: state?.address,
        path: address,
        reason: `its entries were not looked at: ${why}`,
        next: 'run lint on a savepoint in canonical format',
        now: state?.place,
      };
    }
  },
};
