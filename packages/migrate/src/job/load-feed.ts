import type { MigratedEntry } from './entry-change.js';

/** Entries from outside the snapshot. */
export interface LoadFeed {
  readonly type: 'load';
  /** The file as the plan names it. */
  readonly file: string;
  /**
   * The entries in the file's order, in batches. For operator state: an element each (`operator-list`, `union-list`), or a
   * key and a value each (`broadcast`: `key` is the map's key).
   */
  entries(): AsyncIterable<readonly MigratedEntry[]>;
}
