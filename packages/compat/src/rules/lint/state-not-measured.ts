import { atOperator } from '../../lint/found.js';
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
    for (const operator of operators) {
      const names = new Map(operator.states.map(({ address, state }) => [address, state.name]));
      const prefix = `${operator.address} subtask `;
      const byReason = new Map<string, string[]>();
      for (const { address, why } of unread) {
        const name = names.get(address);
        if (name === undefined && !address.startsWith(prefix)) continue;
        byReason.set(why, [...(byReason.get(why) ?? []), ...(name === undefined ? [] : [name])]);
      }
      for (const [why, found] of byReason) {
        const which = found.length === 0 ? 'its states' : listText(found);
        yield atOperator(operator, {
          reason: `the entries of ${which} were not looked at: ${why}`,
          next: 'run lint on a savepoint in canonical format',
          facts: [...found].sort(),
        });
      }
    }
  },
};

/** Names that are listed. */
const LISTED = 3;

function listText(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return `${names.slice(0, LISTED).join(', ')}${more}`;
}
