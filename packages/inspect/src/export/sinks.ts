import type { StateEntry } from '@statewright/savepoint';
import type { SortedRows } from './sorted-rows.js';

/** Takes the entries of one state, and gives its lines when a key group or subtask is complete. */
export interface Sink {
  /** True when `spill` must be awaited. */
  add(entry: StateEntry): boolean;
  spill(): Promise<void>;
  drain(): AsyncIterable<readonly string[]>;
  discard(): Promise<void>;
}

/** Keyed state: sorted within the key group. */
export class KeyedSink implements Sink {
  constructor(
    private readonly rows: SortedRows,
    private readonly sortKey: (entry: StateEntry) => string,
    private readonly lines: (entry: StateEntry) => readonly string[],
  ) {}

  add(entry: StateEntry): boolean {
    const lines = this.lines(entry);
    if (lines.length === 0) return false;
    const sortKey = this.sortKey(entry);
    let full = false;
    for (const line of lines) full = this.rows.add({ sortKey, line });
    return full;
  }

  spill(): Promise<void> {
    return this.rows.spill();
  }

  drain(): AsyncIterable<readonly string[]> {
    return this.rows.drain();
  }

  discard(): Promise<void> {
    return this.rows.discard();
  }
}

/** Operator state: what one subtask holds is taken together. */
export class OperatorSink implements Sink {
  private entries: StateEntry[] = [];

  constructor(private readonly lines: (entries: readonly StateEntry[]) => readonly string[]) {}

  add(entry: StateEntry): boolean {
    this.entries.push(entry);
    return false;
  }

  async spill(): Promise<void> {}

  async *drain(): AsyncIterable<readonly string[]> {
    const { entries } = this;
    this.entries = [];
    if (entries.length > 0) yield this.lines(entries);
  }

  async discard(): Promise<void> {
    this.entries = [];
  }
}

/** The elements of one subtask as one entry, whose value is their list. */
export function joined(elements: readonly StateEntry[]): StateEntry {
  const first = elements[0]!;
  const last = elements.at(-1)!;
  const { state, keyGroup, subtask, key, namespace } = first;
  return {
    state,
    keyGroup,
    subtask,
    key,
    namespace,
    value: elements.map(({ value }) => value),
    ttl: undefined,
    keyBytes: 0,
    valueBytes: elements.reduce((total, { valueBytes }) => total + valueBytes, 0),
    span: { ...first.span, end: last.span.end },
  };
}
