import type { CodecCache } from './codec-cache.js';
import type { KeyGroupFilter } from './key-group-plan.js';

/** What the readers of one operator's streams share. */
export interface ReadContext {
  readonly codecs: CodecCache;
  readonly maxParallelism: number;
  readonly keyGroups: KeyGroupFilter | undefined;
  /** Entries in a batch, at most. */
  readonly batchEntries: number;
  /** Map entries in one state entry, at most; a larger map comes in several. */
  readonly maxMapEntries: number;
}
