import type { StateEntry } from '@statewright/savepoint';
import { type Scratch, SortedRows } from '../export/sorted-rows.js';
import type { Form } from './comparable.js';
import { type EntryRows, entryRows } from './entry-rows.js';
import type { KeyLayout } from './key-layout.js';
import { RowCursor } from './row-cursor.js';

/** Which of the two snapshots. */
export type Side = 'old' | 'new';

/** The rows of one state of one side, sorted by key in bounded memory. */
export class SortedSide {
  private readonly rows: SortedRows;
  private readonly toRows: EntryRows;

  constructor(form: Form, layout: KeyLayout, scratch: Scratch) {
    this.rows = new SortedRows(scratch);
    this.toRows = entryRows(form, layout);
  }

  /** True when `spill` must be awaited. */
  add(entry: StateEntry): boolean {
    let full = false;
    this.toRows(entry, (key, payload) => {
      full = this.rows.add(key, payload);
    });
    return full;
  }

  spill(): Promise<void> {
    return this.rows.spill();
  }

  cursor(): RowCursor {
    return new RowCursor(this.rows.rows());
  }

  discard(): Promise<void> {
    return this.rows.discard();
  }
}

/** A side that has no rows. */
export function noRows(): RowCursor {
  return new RowCursor(
    (async function* () {
      yield [];
    })(),
  );
}
