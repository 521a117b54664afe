import { shareText, sizeText } from '../../lint/amounts.js';
import { largestSlot } from '../../lint/facts.js';
import { rocksDbSlotMemory } from '../../lint/flink-options.js';
import type { LintRule } from './lint-rule.js';

/** Memory of RocksDB that is small for the state. */
export const ROCKSDB_MEMORY_SMALL: LintRule = {
  row: {
    id: 'rocksdb-memory-small',
    purpose: 'memory for rocksdb that is small for the state of a slot',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'minShare',
        kind: 'ratio',
        default: 0.02,
        why: 'memory over stored keyed state of one slot; below a fiftieth hardly an index block stays in the cache',
      },
      {
        name: 'minBytes',
        kind: 'bytes',
        default: 1_073_741_824,
        why: 'stored keyed state of one slot; smaller state lies in the page cache of the machine anyway',
      },
    ],
    docs: {
      what: 'One slot holds at least `minBytes` of keyed state, and the memory that all RocksDB instances of the slot share (block cache, index and filter blocks, memtables) is less than `minShare` of it. It is the managed memory of the slot, or what `state.backend.rocksdb.memory.fixed-per-slot` says.',
      harm: 'The cache cannot even keep index and filter blocks: a read of one key becomes several reads from the disk. Throughput falls to what the disk gives.',
      remedy:
        'Raise `taskmanager.memory.managed.fraction` or `.size`, or spread the state over more slots. `state.backend.rocksdb.memory.partitioned-index-filters: true` helps where memory cannot grow.',
    },
  },
  needs: 'flink-config',
  *find({ backend, flinkConfig, operators }, threshold) {
    if (backend?.name !== 'rocksdb' || flinkConfig === undefined) return;
    const memory = rocksDbSlotMemory(flinkConfig);
    const state = largestSlot(operators.map(({ keyedBytes }) => keyedBytes));
    if (memory === undefined || state < threshold('minBytes')) return;
    if (memory.bytes >= state * threshold('minShare')) return;
    yield {
      path: 'flink-config > rocksdb memory',
      reason: `RocksDB has ${sizeText(memory.bytes)} in a slot (${memory.from}) for ${sizeText(state)} of keyed state: ${shareText(memory.bytes / state)}`,
      next: 'raise taskmanager.memory.managed.fraction, or spread the state over more slots',
      now: memory.setting?.place,
    };
  },
};
