import { sizeText } from '../../lint/amounts.js';
import { largestSlot } from '../../lint/facts.js';
import type { LintRule } from './lint-rule.js';

/** Large state on the heap. */
export const HASHMAP_LARGE_STATE: LintRule = {
  row: {
    id: 'hashmap-large-state',
    purpose: 'large keyed state in the hashmap backend',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxBytesPerSlot',
        kind: 'bytes',
        default: 1_073_741_824,
        why: 'stored bytes of one slot; as Java objects they take several times the space, and garbage collection pauses grow with them',
      },
    ],
    docs: {
      what: 'The job runs with the hashmap backend, and one slot (a subtask of each operator) holds more than `maxBytesPerSlot` of keyed state, as it is stored.',
      harm: 'All of it lies on the heap as objects, several times as large as it is stored. Garbage collection pauses grow with it, the heap is the limit, and each checkpoint writes all of it.',
      remedy:
        'Use the rocksdb backend with incremental checkpoints. A savepoint in canonical format moves the state from one backend to the other: `statewright check --backend rocksdb` says whether everything comes along.',
    },
  },
  needs: 'schema',
  *find({ backend, operators }, threshold) {
    if (backend?.name !== 'hashmap') return;
    const bytes = largestSlot(operators.map(({ keyedBytes }) => keyedBytes));
    if (bytes <= threshold('maxBytesPerSlot')) return;
    yield {
      path: 'job',
      reason: `the backend is hashmap (${backend.from}) and one slot holds ${sizeText(bytes)} of keyed state`,
      next: 'use the rocksdb backend with incremental checkpoints; check --backend rocksdb says what comes along',
    };
  },
};
