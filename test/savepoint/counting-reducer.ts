import type { EntryReducer, Savepoint, StateEntry } from '@statewright/savepoint';
import { canonicalText, entryLine } from './entry-json.js';

/** Keeps every entry as text; `data.fail` makes it fail at the first. */
export function createReducer(_savepoint: Savepoint, data: unknown): EntryReducer<string[]> {
  const lines: string[] = [];
  const fail = (data as { fail?: boolean } | undefined)?.fail === true;
  return {
    add(batch: readonly StateEntry[]): void {
      if (fail) throw new Error('the reducer fails');
      for (const entry of batch) lines.push(canonicalText(entryLine(entry)));
    },
    result: () => lines,
  };
}
