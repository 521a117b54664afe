import { counted } from '../../lint/amounts.js';
import { type BroadcastPart, statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** A broadcast state of which subtasks hold different copies. */
export const BROADCAST_DIFFERS: LintRule = {
  row: {
    id: 'broadcast-differs',
    purpose: 'a broadcast state that is not the same in all subtasks',
    level: 'data',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Every subtask keeps its own copy of a broadcast state, and all must be equal. In this snapshot they are not; the order of the entries is not looked at.',
      harm: 'The same element is treated differently by different subtasks. On a restore with another parallelism Flink hands the copies out in turn: which rules a key meets is then a matter of chance.',
      remedy:
        'Change broadcast state in `processBroadcastElement` only, without clocks, random numbers and the order of arrival, and never in a timer or for one key. Then start with a repaired or fresh broadcast state.',
    },
  },
  needs: 'values',
  *find(facts) {
    for (const state of statesOf(facts)) {
      const groups = groupsOf(state.broadcast ?? []);
      if (groups.length < 2) continue;
      yield atState(state, {
        reason: `its copies differ: ${groups.map(groupText).join(', ')}`,
        next: 'compare them with `statewright export`; change broadcast state in processBroadcastElement only',
      });
    }
  },
};

/** Subtasks with equal copies, the most frequent copy first. */
function groupsOf(parts: readonly BroadcastPart[]): BroadcastPart[][] {
  const groups = new Map<string, BroadcastPart[]>();
  for (const part of parts) groups.set(part.digest, [...(groups.get(part.digest) ?? []), part]);
  return [...groups.values()].sort((a, b) => b.length - a.length || a[0]!.subtask - b[0]!.subtask);
}

/** Subtasks that are listed. */
const LISTED = 5;

function groupText(group: readonly BroadcastPart[]): string {
  const numbers = group.slice(0, LISTED).map(({ subtask }) => subtask);
  const more = group.length > LISTED ? ` and ${group.length - LISTED} more` : '';
  const entries = counted(group[0]!.entries, 'entry', 'entries');
  return `subtask${group.length === 1 ? '' : 's'} ${numbers.join(', ')}${more} ${group.length === 1 ? 'has' : 'have'} ${entries}`;
}
