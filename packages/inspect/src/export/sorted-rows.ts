import type { FileSystem } from '@statewright/bytes';
import { type SpilledRun, writeRun } from './spilled-run.js';

/** A line with the bytes it is sorted by, one byte a character, so that text order is unsigned byte order. */
export interface Row {
  readonly sortKey: string;
  readonly line: string;
}

/** Where rows go that do not fit into memory. */
export interface Scratch {
  readonly fs: FileSystem;
  /** A directory of our own; files are deleted when they have been read. */
  readonly directory: string;
  /** Characters of rows kept in memory. */
  readonly budget: number;
}

/** What a row takes beside its text. */
const ROW_OVERHEAD = 96;

/** Sorts rows by their key bytes in bounded memory: what is too much goes to files as sorted runs, to be merged. */
export class SortedRows {
  private rows: Row[] = [];
  private size = 0;
  private sorted = true;
  private readonly runs: SpilledRun[] = [];

  constructor(private readonly scratch: Scratch) {}

  /** True when the row made the memory full: then `spill` must be awaited before the next one. */
  add(row: Row): boolean {
    const last = this.rows.at(-1);
    if (last !== undefined && row.sortKey < last.sortKey) this.sorted = false;
    this.rows.push(row);
    this.size += row.sortKey.length + row.line.length + ROW_OVERHEAD;
    return this.size > this.scratch.budget;
  }

  async spill(): Promise<void> {
    const { fs, directory } = this.scratch;
    this.runs.push(await writeRun(fs, `${directory}/run-${this.runs.length}`, this.takeSorted()));
  }

  /** All lines in order; empties this. Equal keys keep the order in which they came. */
  async *drain(): AsyncIterable<readonly string[]> {
    const rows = this.takeSorted();
    if (this.runs.length === 0) {
      yield rows.map(({ line }) => line);
      return;
    }
    const runs = this.runs.splice(0);
    try {
      yield* merge([...runs.map((run) => run.rows()), fromMemory(rows)]);
    } finally {
      for (const run of runs) await run.delete();
    }
  }

  /** Deletes the files of an unfinished sort. */
  async discard(): Promise<void> {
    this.rows = [];
    for (const run of this.runs.splice(0)) await run.delete();
  }

  private takeSorted(): Row[] {
    const { rows } = this;
    if (!this.sorted) rows.sort((a, b) => (a.sortKey < b.sortKey ? -1 : a.sortKey > b.sortKey ? 1 : 0));
    this.rows = [];
    this.size = 0;
    this.sorted = true;
    return rows;
  }
}

async function* fromMemory(rows: readonly Row[]): AsyncIterable<readonly Row[]> {
  yield rows;
}

/** The position in one sorted source. */
interface Cursor {
  readonly source: AsyncIterator<readonly Row[]>;
  batch: readonly Row[];
  next: number;
}

const MERGE_BATCH = 512;

/** Merges sorted sources; of equal keys the earlier source's come first. */
async function* merge(sources: readonly AsyncIterable<readonly Row[]>[]): AsyncIterable<readonly string[]> {
  const cursors: Cursor[] = [];
  for (const source of sources) {
    const cursor: Cursor = { source: source[Symbol.asyncIterator](), batch: [], next: 0 };
    if (await refill(cursor)) cursors.push(cursor);
  }
  let lines: string[] = [];
  while (cursors.length > 0) {
    const least = indexOfLeast(cursors);
    const cursor = cursors[least]!;
    lines.push(cursor.batch[cursor.next++]!.line);
    if (cursor.next === cursor.batch.length && !(await refill(cursor))) cursors.splice(least, 1);
    if (lines.length < MERGE_BATCH) continue;
    yield lines;
    lines = [];
  }
  yield lines;
}

function indexOfLeast(cursors: readonly Cursor[]): number {
  let least = 0;
  for (let i = 1; i < cursors.length; i++) {
    if (keyAt(cursors[i]!) < keyAt(cursors[least]!)) least = i;
  }
  return least;
}

function keyAt(cursor: Cursor): string {
  return cursor.batch[cursor.next]!.sortKey;
}

async function refill(cursor: Cursor): Promise<boolean> {
  for (;;) {
    const { done, value } = await cursor.source.next();
    if (done === true) return false;
    if (value.length === 0) continue;
    cursor.batch = value;
    cursor.next = 0;
    return true;
  }
}
