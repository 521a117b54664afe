import { sizeText } from '../../lint/amounts.js';
import { bytesOf, statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** Operator state that is too large for what Flink does with it. */
export const LARGE_OPERATOR_STATE: LintRule = {
  row: {
    id: 'large-operator-state',
    purpose: 'operator or broadcast state that is large',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxBytes',
        kind: 'bytes',
        default: 67_108_864,
        why: 'bytes that one subtask has to hold after a restore; 64 MiB is a noticeable part of a task heap, and operator state is always on it',
      },
    ],
    docs: {
      what: 'A list, union list or broadcast state needs more than `maxBytes` in each subtask. A union list is given to every subtask in full; a broadcast state is held by every subtask in full.',
      harm: 'Operator state lies on the heap whatever the backend is, is written in full with each checkpoint, and a union list is read by every subtask at the same time: restores of large jobs fail there first.',
      remedy:
        'Keep what belongs to a key in keyed state. Use a list in the place of a union list where each subtask needs only its part.',
    },
  },
  needs: 'values',
  *find(facts, threshold) {
    for (const state of statesOf(facts)) {
      const bytes = bytesOf(state);
      const share =
        bytes === undefined ? undefined : perSubtask(state.state.kind, bytes, state.operator.parallelism);
      if (share === undefined || share <= threshold('maxBytes')) continue;
      yield atState(state, {
        reason: `${state.state.kind} state of ${sizeText(bytes!)}, of which each subtask holds ${sizeText(share)} on its heap`,
        next: 'keep what belongs to a key in keyed state',
      });
    }
  },
};

/** Bytes that one subtask gets; undefined for keyed state. Every subtask has written its own copy of broadcast state. */
function perSubtask(kind: string, bytes: number, parallelism: number): number | undefined {
  if (kind === 'union-list') return bytes;
  return kind === 'operator-list' || kind === 'broadcast' ? bytes / Math.max(parallelism, 1) : undefined;
}
