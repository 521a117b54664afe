import { boundedMemory, ownBuffers } from '../../lint/flink-options.js';
import type { LintRule } from './lint-rule.js';

/** A block cache size that has no effect. */
export const ROCKSDB_CACHE_SIZE_IGNORED: LintRule = {
  row: {
    id: 'rocksdb-cache-size-ignored',
    purpose: 'a block cache size that has no effect because the memory is shared',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: '`state.backend.rocksdb.block.cache-size` is set while the memory of RocksDB is bounded (managed memory, which is the default, or a fixed size). Flink then gives all states of the slot one shared cache.',
      harm: 'The setting does nothing. Whoever wrote it believes in a cache of another size than there is.',
      remedy:
        'Remove the setting and change the managed memory, or `state.backend.rocksdb.memory.write-buffer-ratio` for how it is divided.',
    },
  },
  needs: 'flink-config',
  *find({ backend, flinkConfig }) {
    if (backend?.name !== 'rocksdb' || flinkConfig === undefined) return;
    const { blockCache } = ownBuffers(flinkConfig);
    if (blockCache.setting === undefined || !boundedMemory(flinkConfig).value) return;
    const { key, value, place } = blockCache.setting;
    yield {
      path: 'flink-config > rocksdb block cache',
      reason: `${key} is ${value}, but all states of a slot share one cache of the managed memory`,
      next: 'remove it, and change the managed memory in its place',
      now: place,
    };
  },
};
