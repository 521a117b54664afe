import { counted, sizeText } from '../../lint/amounts.js';
import { largestSlot } from '../../lint/facts.js';
import { ownBuffers, rocksDbSlotMemory, timersInHeap, writeBufferRatio } from '../../lint/flink-options.js';
import { keyedStatesBySubtask } from '../../lint/gather-facts.js';
import type { LintRule } from './lint-rule.js';

/** Memtables that must be flushed all the time because many states share little memory. */
export const ROCKSDB_WRITE_BUFFERS_SMALL: LintRule = {
  row: {
    id: 'rocksdb-write-buffers-small',
    purpose: 'many states that share little memory for write buffers',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'minBytesPerState',
        kind: 'bytes',
        default: 4_194_304,
        why: 'write buffer memory over states of one slot; below 4 MiB each flush makes a tiny file, and compaction never rests',
      },
    ],
    docs: {
      what: 'Each state is a column family with a memtable of its own. All states of a slot share the write buffer part of its RocksDB memory: two thirds of `state.backend.rocksdb.memory.write-buffer-ratio` of it, as Flink computes it. That is less than `minBytesPerState` for each.',
      harm: 'Memtables are flushed long before they are full: many small files, much compaction, stalled writes. If an arena block (an eighth of `writebuffer.size`) does not fit, RocksDB flushes with every write.',
      remedy:
        'Give RocksDB more managed memory, raise `state.backend.rocksdb.memory.write-buffer-ratio` for jobs that write much, lower `state.backend.rocksdb.writebuffer.size` so that arena blocks fit, or put fewer stateful operators into one slot (slot sharing groups).',
    },
  },
  needs: 'flink-config',
  *find({ backend, flinkConfig, operators }, threshold) {
    if (backend?.name !== 'rocksdb' || flinkConfig === undefined) return;
    const memory = rocksDbSlotMemory(flinkConfig);
    const withTimers = !timersInHeap(flinkConfig);
    const states = largestSlot(operators.map((operator) => keyedStatesBySubtask(operator, withTimers)));
    if (memory === undefined || states === 0) return;
    const ratio = writeBufferRatio(flinkConfig);
    const capacity = writeBufferCapacity(memory.bytes, ratio.value);
    const place = ratio.setting?.place ?? memory.setting?.place;
    const path = 'flink-config > rocksdb write buffers';
    const buffer = ownBuffers(flinkConfig).writeBuffer;
    if (arenaBlock(buffer.value) > (capacity * 7) / 8) {
      yield {
        path,
        reason: `an arena block of ${sizeText(arenaBlock(buffer.value))} does not fit into ${sizeText(capacity)} of write buffers (${memory.from}): RocksDB flushes with every write`,
        next: 'raise the memory, or lower state.backend.rocksdb.writebuffer.size',
        now: buffer.setting?.place ?? place,
        facts: ['arena'],
      };
    } else if (capacity / states < threshold('minBytesPerState')) {
      yield {
        path,
        reason: `${counted(states, 'state')} of a slot share ${sizeText(capacity)} of write buffers (${memory.from}): ${sizeText(capacity / states)} each`,
        next: 'raise taskmanager.memory.managed.fraction, or put fewer stateful operators into one slot',
        now: place,
        facts: ['share'],
      };
    }
  },
};

/** Follows `RocksDBMemoryControllerUtils#calculateWriteBufferManagerCapacity`, Flink 1.20. */
function writeBufferCapacity(bytes: number, ratio: number): number {
  return Math.floor((2 * bytes * ratio) / 3);
}

/** Follows `RocksDBMemoryControllerUtils#calculateRocksDBDefaultArenaBlockSize`, Flink 1.20: an eighth, up to whole 4 KiB. */
function arenaBlock(writeBuffer: number): number {
  return Math.ceil(Math.floor(writeBuffer / 8) / 4096) * 4096;
}
