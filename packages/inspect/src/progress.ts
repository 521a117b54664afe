import type { State, StateEntry, StateStream } from '@statewright/savepoint';

/** Is told how many bytes of the total have been read. */
export type Progress = (doneBytes: number, totalBytes: number) => void;

/** Turns the places of entries into a share of all the streams that are to be read. */
export class StreamProgress {
  /** Bytes of all streams before this one. */
  private readonly before = new Map<StateStream, number>();
  private readonly total: number;

  constructor(
    states: readonly State[],
    private readonly tell: Progress | undefined,
  ) {
    const streams = new Set(states.flatMap(({ parts }) => parts.map(({ stream }) => stream)));
    let total = 0;
    for (const stream of streams) {
      this.before.set(stream, total);
      total += stream.ref.size;
    }
    this.total = total;
  }

  /** A stream has been read to its end. */
  finished(stream: StateStream): void {
    this.tell?.((this.before.get(stream) ?? 0) + stream.ref.size, this.total);
  }

  /** The last entry of a batch has been read. */
  reached(entry: StateEntry | undefined): void {
    if (this.tell === undefined || entry === undefined) return;
    const stream = entry.state.parts.find((part) => part.stream.subtask === entry.subtask)?.stream;
    if (stream === undefined) return;
    const start = stream.ref.kind === 'file' ? stream.ref.start : 0;
    const inside = Math.min(Math.max(entry.span.end - start, 0), stream.ref.size);
    this.tell((this.before.get(stream) ?? 0) + inside, this.total);
  }
}
