import type { StateEntry } from '@statewright/savepoint';
import type { FlatEntry } from './flat-entries.js';
import type { LineChunk } from './line-chunks.js';
import type { SortedRows } from './sorted-rows.js';

/** Takes the entries of one state, and gives its lines when a key group or subtask is complete. */
export interface Sink {
  /** True when `spill` must be awaited. */
  add(entry: StateEntry): boolean;
  spill(): Promise<void>;
  drain(): AsyncIterable<LineChunk>;
  discard(): Promise<void>;
}

/** An entry, or a part of one, and its line. */
export interface EntryLine {
  readonly entry: FlatEntry;
  readonly line: string;
}

/** Keyed state: sorted within the key group. */
export class KeyedSink implements Sink {
  constructor(
    private readonly rows: SortedRows,
    private readonly sortKey: (entry: FlatEntry) => Uint8Array,
    private readonly lines: (entry: StateEntry) => readonly EntryLine[],
  ) {}

  add(entry: StateEntry): boolean {
    let full = false;
    for (const { entry: one, line } of this.lines(entry)) full = this.rows.add(this.sortKey(one), line);
    return full;
  }

  spill(): Promise<void> {
    return this.rows.spill();
  }

  drain(): AsyncIterable<LineChunk> {
    return this.rows.drain();
  }

  discard(): Promise<void> {
    return this.rows.discard();
  }
}

/** Operator state: an entry a subtask, nothing to sort. */
export class OperatorSink implements Sink {
  private pending: readonly string[] = [];

  constructor(private readonly lines: (entry: StateEntry) => readonly EntryLine[]) {}

  add(entry: StateEntry): boolean {
    this.pending = [...this.pending, ...this.lines(entry).map(({ line }) => line)];
    return false;
  }

  async spill(): Promise<void> {}

  async *drain(): AsyncIterable<LineChunk> {
    const lines = this.pending;
    this.pending = [];
    if (lines.length > 0) yield { bytes: Buffer.from(`${lines.join('\n')}\n`), lines: lines.length };
  }

  async discard(): Promise<void> {
    this.pending = [];
  }
}
