import type { FileSystem } from '@statewright/bytes';
import { ChunkWriter, type LineChunk } from './line-chunks.js';
import { RowArena } from './row-arena.js';
import { type Row, type SpilledRun, writeRun } from './spilled-run.js';

/** Where rows go that do not fit into memory. */
export interface Scratch {
  readonly fs: FileSystem;
  /** A directory of our own; files are deleted when they have been read. */
  readonly directory: string;
  /** Bytes of rows kept in memory, for each state that is being sorted. */
  readonly budget: number;
}

/** Sorts lines by key bytes in bounded memory: what is too much goes to files as sorted runs, to be merged. */
export class SortedRows {
  private readonly arena = new RowArena();
  private readonly runs: SpilledRun[] = [];
  private written = 0;

  constructor(private readonly scratch: Scratch) {}

  /** True when the row made the memory full: then `spill` must be awaited before the next one. */
  add(key: Uint8Array, line: string): boolean {
    this.arena.add(key, line);
    return this.arena.size > this.scratch.budget;
  }

  async spill(): Promise<void> {
    const { fs, directory } = this.scratch;
    this.runs.push(await writeRun(fs, `${directory}/run-${this.written}`, this.rowsInMemory()));
    this.written++;
    this.arena.clear();
  }

  /** All lines in order; empties this. Equal keys keep the order in which they came. */
  async *drain(): AsyncGenerator<LineChunk> {
    const chunks = new ChunkWriter();
    for await (const rows of this.rows()) {
      for (const { line } of rows) {
        const full = chunks.add(line);
        if (full !== undefined) yield full;
      }
    }
    const rest = chunks.rest();
    await this.discard();
    if (rest !== undefined) yield rest;
  }

  /** All rows in order, in batches; they are valid until this is emptied. Equal keys keep the order in which they came. */
  async *rows(): AsyncGenerator<readonly Row[]> {
    if (this.runs.length === 0) {
      yield* batchesOf(this.rowsInMemory());
    } else {
      const inMemory = batchesOf(this.rowsInMemory());
      yield* merge([...this.runs.map((run) => run.rows()), inMemory]);
    }
  }

  /** Forgets everything and deletes the files. */
  async discard(): Promise<void> {
    this.arena.clear();
    for (const run of this.runs.splice(0)) await run.delete();
  }

  private *rowsInMemory(): Iterable<Row> {
    for (const row of this.arena.order()) yield { key: this.arena.keyOf(row), line: this.arena.lineOf(row) };
  }
}

/** Rows in a batch. */
const BATCH = 256;

async function* batchesOf(rows: Iterable<Row>): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The position in one sorted source. */
interface Cursor {
  readonly source: AsyncIterator<readonly Row[]>;
  batch: readonly Row[];
  next: number;
}

/** Merges sorted sources; of equal keys the earlier source's come first. */
async function* merge(sources: readonly AsyncIterable<readonly Row[]>[]): AsyncGenerator<readonly Row[]> {
  const cursors: Cursor[] = [];
  for (const source of sources) {
    const cursor: Cursor = { source: source[Symbol.asyncIterator](), batch: [], next: 0 };
    if (await refill(cursor)) cursors.push(cursor);
  }
  let batch: Row[] = [];
  while (cursors.length > 0) {
    const least = indexOfLeast(cursors);
    const cursor = cursors[least]!;
    batch.push(cursor.batch[cursor.next++]!);
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
    if (cursor.next === cursor.batch.length && !(await refill(cursor))) cursors.splice(least, 1);
  }
  if (batch.length > 0) yield batch;
}

function indexOfLeast(cursors: readonly Cursor[]): number {
  let least = 0;
  for (let i = 1; i < cursors.length; i++) {
    if (Buffer.compare(keyAt(cursors[i]!), keyAt(cursors[least]!)) < 0) least = i;
  }
  return least;
}

function keyAt(cursor: Cursor): Uint8Array {
  return cursor.batch[cursor.next]!.key;
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
