import type { Row } from '../export/spilled-run.js';

/** The position in sorted rows that come in batches. */
export class RowCursor {
  /** The row at the position; undefined at the end. */
  row: Row | undefined;
  private batch: readonly Row[] = [];
  private at = 0;
  private readonly source: AsyncIterator<readonly Row[]>;

  constructor(rows: AsyncIterable<readonly Row[]>) {
    this.source = rows[Symbol.asyncIterator]();
  }

  /** Goes to the next row. False when more must be loaded first. */
  advance(): boolean {
    this.at++;
    this.row = this.batch[this.at];
    return this.row !== undefined;
  }

  /** Gets more rows; call it at the start, and when `advance` says so. */
  async load(): Promise<void> {
    for (;;) {
      const { done, value } = await this.source.next();
      if (done === true) {
        this.batch = [];
        this.row = undefined;
        return;
      }
      if (value.length === 0) continue;
      this.batch = value;
      this.at = 0;
      this.row = value[0];
      return;
    }
  }
}
