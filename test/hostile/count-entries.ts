import type { EntryReducer } from '@statewright/savepoint';

/** Counts entries: what a worker of `decodeParallel` loads. */
export function createReducer(): EntryReducer<number> {
  let count = 0;
  return {
    add(batch) {
      count += batch.length;
    },
    result: () => count,
  };
}
