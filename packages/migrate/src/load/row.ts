import { StatewrightError } from '@statewright/bytes';

/** What a file holds in one place of a row: JSON (or what Parquet has in its place), or text that has no type yet. */
export type Cell = { readonly json: unknown } | { readonly text: string };

/** A line of NDJSON, or a row of CSV or Parquet. */
export interface LoadRow {
  /** Line in the file, or number of the row, from 1. */
  readonly line: number;
  /** The member or column of that name; undefined where the row has none. */
  cell(name: string): Cell | undefined;
  /** A row of a table holds one element of a list; a line of NDJSON its whole value. */
  readonly table: boolean;
}

/** A file of rows, and where it is said to be. */
export interface LoadFile {
  /** As the plan names it. */
  readonly name: string;
  rows(): AsyncGenerator<readonly LoadRow[]>;
}

/** The error of a row; `what` is the member or column, when one is to blame. */
export function badRow(file: string, line: number, reason: string, next?: string): StatewrightError {
  return new StatewrightError('BAD_DOCUMENT', { at: { file, line, column: 1 }, reason, next });
}
