import type { Span } from '@statewright/bytes';
import type { State, StateEntry } from '../model.js';

/** An entry that was read. Its span is made when asked for, since most readers never do. */
export class DecodedEntry implements StateEntry {
  declare continues?: true;
  declare open?: true;

  constructor(
    readonly state: State,
    readonly keyGroup: number | undefined,
    readonly subtask: number,
    readonly key: unknown,
    readonly namespace: unknown,
    readonly value: unknown,
    readonly ttl: bigint | readonly bigint[] | undefined,
    readonly keyBytes: number,
    readonly valueBytes: number,
    private readonly file: string,
    private readonly start: number,
    private readonly end: number,
  ) {}

  get span(): Span {
    return { file: this.file, start: this.start, end: this.end };
  }
}
