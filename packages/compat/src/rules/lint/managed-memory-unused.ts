import { sizeText } from '../../lint/amounts.js';
import { managedSlotMemory } from '../../lint/flink-options.js';
import type { LintRule } from './lint-rule.js';

/** Memory that is set aside for a backend that does not run. */
export const MANAGED_MEMORY_UNUSED: LintRule = {
  row: {
    id: 'managed-memory-unused',
    purpose: 'managed memory that the hashmap backend does not use',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxBytes',
        kind: 'bytes',
        default: 134_217_728,
        why: 'managed memory of one slot; 128 MiB are worth a line in the configuration',
      },
    ],
    docs: {
      what: 'The job runs with the hashmap backend, and a slot has more than `maxBytes` of managed memory. The hashmap backend keeps state on the heap; managed memory is for RocksDB, batch operators and Python.',
      harm: 'The memory is reserved and never used, while the heap with the state is smaller by as much.',
      remedy:
        'Set `taskmanager.memory.managed.size: 0` for clusters that run hashmap jobs without Python and batch operators.',
    },
  },
  needs: 'flink-config',
  *find({ backend, flinkConfig }, threshold) {
    if (backend?.name !== 'hashmap' || flinkConfig === undefined) return;
    const memory = managedSlotMemory(flinkConfig);
    if (memory === undefined || memory.bytes <= threshold('maxBytes')) return;
    yield {
      path: 'flink-config > managed memory',
      reason: `the backend is hashmap (${backend.from}), and ${sizeText(memory.bytes)} in each slot are set aside for others (${memory.from})`,
      next: 'set taskmanager.memory.managed.size: 0 if neither Python nor batch operators run there',
      now: memory.setting?.place,
    };
  },
};
