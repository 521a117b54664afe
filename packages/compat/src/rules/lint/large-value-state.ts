import { counted, sizeText } from '../../lint/amounts.js';
import { statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import { typeNodes } from '../../lint/type-nodes.js';
import type { LintRule } from './lint-rule.js';

/** Types that hold any number of things, and those that may. */
const COLLECTIONS = /^(?:list|map|set|array|multiset|kryo|java-object)$|\[\]$/;

/** A collection inside a ValueState that has become large. */
export const LARGE_VALUE_STATE: LintRule = {
  row: {
    id: 'large-value-state',
    purpose: 'a collection inside a ValueState whose values are large',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxBytes',
        kind: 'bytes',
        default: 65_536,
        why: 'the largest value; beyond 64 KiB each access on RocksDB costs more than a network round trip saves',
      },
    ],
    docs: {
      what: 'A `ValueState` (or reducing or aggregating state) holds a list, map, set, array or something that Kryo writes, and its largest value has more than `maxBytes`.',
      harm: 'RocksDB stores the value as one blob: each read deserializes the whole collection and each update writes all of it. The cost of one element grows with the size of the collection, and a single value can never exceed 2 GiB.',
      remedy:
        'Use `MapState` or `ListState` with the element as its type: each map entry is then read and written alone. The state that is there needs a migration.',
    },
  },
  needs: 'values',
  *find(facts, threshold) {
    for (const state of statesOf(facts)) {
      const { kind } = state.state;
      const bytes = state.stats?.valueBytes;
      if (kind !== 'value' && kind !== 'reducing' && kind !== 'aggregating') continue;
      if (bytes === null || bytes === undefined || bytes.max <= threshold('maxBytes')) continue;
      const inside = typeNodes(state.schema.value, 'value').find(({ type }) => COLLECTIONS.test(type.type));
      if (inside === undefined) continue;
      const entries = counted(state.stats?.entries ?? 0, 'value');
      yield atState(state, {
        inside: inside.path,
        reason: `the largest of ${entries} has ${sizeText(bytes.max)}, one in a hundred at least ${sizeText(bytes.p99)}; each access reads or writes the whole ${inside.type.type}`,
        next: 'use MapState or ListState with the element as its type',
        facts: [inside.type.type],
      });
    }
  },
};
