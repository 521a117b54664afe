import type { CodecCache } from './codec-cache.js';
import type { KeyGroupFilter } from './key-group-plan.js';

/** Counts the bytes that a reader went over, by what they are. In a compressed stream all but `plain` and `stored` count uncompressed. */
export class Tally {
  /** State ids, end marks, key-group numbers, counts. */
  framing = 0;
  /** Entries that were decoded. */
  entries = 0;
  /** What was stepped over: states not asked for, not known, or behind a value without an end. */
  skipped = 0;
  /** Compressed streams: bytes of snappy chunks, what they hold, and what lies between them uncompressed. */
  stored = 0;
  uncompressed = 0;
  plain = 0;
}

/**
 * Asked before each key group of a canonical stream: a bit for each raw entry, by its number in the key group, the lowest
 * bit of the first byte first; set where the entry is left out. A map's raw entries are left out together. Where all are
 * left out, the key group is not read.
 */
export type LeaveOut = (keyGroup: number) => Promise<Uint8Array | 'all' | undefined>;

/** What the readers of one operator's streams share. */
export interface ReadContext {
  readonly codecs: CodecCache;
  readonly maxParallelism: number;
  readonly keyGroups: KeyGroupFilter | undefined;
  /** Entries in a batch, at most. */
  readonly batchEntries: number;
  /** Map entries in one state entry, at most; a larger map comes in several. */
  readonly maxMapEntries: number;
  /** Of a key group in a canonical stream: raw entries that are left out, a bit each. */
  readonly leaveOut?: LeaveOut | undefined;
  readonly tally: Tally;
}
