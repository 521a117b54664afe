import { counted, sizeText } from '../../lint/amounts.js';
import { largestSlot } from '../../lint/facts.js';
import { boundedMemory, ownBuffers, timersInHeap } from '../../lint/flink-options.js';
import { keyedStatesBySubtask } from '../../lint/gather-facts.js';
import type { LintRule } from './lint-rule.js';

/** RocksDB whose memory nobody bounds. */
export const ROCKSDB_MEMORY_UNBOUNDED: LintRule = {
  row: {
    id: 'rocksdb-memory-unbounded',
    purpose: 'rocksdb without bounded memory: its use grows with the number of states',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxBytes',
        kind: 'bytes',
        default: 536_870_912,
        why: 'block caches and write buffers of one slot; half a GiB that no container accounts for is what gets it killed',
      },
    ],
    docs: {
      what: '`state.backend.rocksdb.memory.managed` is `false` and nothing else bounds the memory. Each state then has its own block cache (`block.cache-size`) and up to `writebuffer.count` write buffers (`writebuffer.size`): more than `maxBytes` for the states of one slot.',
      harm: "The memory is outside of the JVM's heap and outside of what Flink plans for. With each state that is added it grows, until the container is killed.",
      remedy:
        'Set `state.backend.rocksdb.memory.managed: true` and give it managed memory, or bound it with `state.backend.rocksdb.memory.fixed-per-slot`.',
    },
  },
  needs: 'flink-config',
  *find({ backend, flinkConfig, operators }, threshold) {
    if (backend?.name !== 'rocksdb' || flinkConfig === undefined) return;
    const bounded = boundedMemory(flinkConfig);
    if (bounded.value) return;
    const withTimers = !timersInHeap(flinkConfig);
    const states = largestSlot(operators.map((operator) => keyedStatesBySubtask(operator, withTimers)));
    const { writeBuffer, writeBufferCount, blockCache } = ownBuffers(flinkConfig);
    const each = blockCache.value + writeBuffer.value * writeBufferCount.value;
    if (states * each <= threshold('maxBytes')) return;
    yield {
      path: 'flink-config > rocksdb memory',
      reason: `RocksDB's memory is not bounded: ${counted(states, 'state')} of a slot may take ${sizeText(each)} each, ${sizeText(states * each)} in all`,
      next: 'set state.backend.rocksdb.memory.managed: true, or state.backend.rocksdb.memory.fixed-per-slot',
      now: bounded.setting?.place,
    };
  },
};
