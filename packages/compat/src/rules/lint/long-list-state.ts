import { counted } from '../../lint/amounts.js';
import { statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** A ListState with a list that is very long. */
export const LONG_LIST_STATE: LintRule = {
  row: {
    id: 'long-list-state',
    purpose: 'a ListState with a very long list',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxElements',
        kind: 'count',
        default: 10_000,
        why: 'elements of the longest list; reading any of them reads all, which takes milliseconds from here on',
      },
    ],
    docs: {
      what: 'The longest list of one key has more than `maxElements` elements.',
      harm: 'RocksDB keeps a list as one value that grows by merges: `get` reads and deserializes all of it, and a list beyond 2 GiB can be written and never be read again. Snapshots and migrations hold it in memory as a whole.',
      remedy:
        'Use `MapState` with a sequence number or time as its key, and remove what is used. The longest lists are named by `statewright stats`.',
    },
  },
  needs: 'values',
  *find(facts, threshold) {
    for (const state of statesOf(facts)) {
      const elements = state.stats?.elementsPerEntry;
      if (state.state.kind !== 'list' || elements === null || elements === undefined) continue;
      if (elements.max <= threshold('maxElements')) continue;
      yield atState(state, {
        reason: `the longest list has ${counted(elements.max, 'element')}, the median ${counted(elements.p50, 'element')}`,
        next: 'use MapState with a sequence number or time as its key',
      });
    }
  },
};
