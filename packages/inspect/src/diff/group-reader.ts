import type { Operator, State, StateEntry } from '@statewright/savepoint';

/** Takes an entry; a promise must be awaited before the next one. */
export type TakeEntry = (entry: StateEntry) => Promise<void> | undefined;

/** Entries that come key group by key group, for a reader that goes through two such sources side by side. */
export class GroupReader {
  private batch: readonly StateEntry[] = [];
  private at = 0;
  private readonly source: AsyncIterator<readonly StateEntry[]>;

  constructor(
    batches: AsyncIterable<readonly StateEntry[]>,
    private readonly reached: (last: StateEntry) => void,
  ) {
    this.source = batches[Symbol.asyncIterator]();
  }

  /** The key group of the next entry; undefined at the end. */
  async keyGroup(): Promise<number | undefined> {
    while (this.at >= this.batch.length) {
      const last = this.batch.at(-1);
      if (last !== undefined) this.reached(last);
      const { done, value } = await this.source.next();
      if (done === true) return undefined;
      this.batch = value;
      this.at = 0;
    }
    return this.batch[this.at]!.keyGroup;
  }

  /** Gives all entries of a key group, if that is the next one. */
  async takeGroup(keyGroup: number, take: TakeEntry): Promise<void> {
    while ((await this.keyGroup()) === keyGroup) {
      const { batch } = this;
      while (this.at < batch.length && batch[this.at]!.keyGroup === keyGroup) {
        const waits = take(batch[this.at]!);
        this.at++;
        if (waits !== undefined) await waits;
      }
    }
  }

  /** Gives all entries. */
  async takeAll(take: TakeEntry): Promise<void> {
    for (;;) {
      const keyGroup = await this.keyGroup();
      if (keyGroup === undefined && this.at >= this.batch.length) return;
      const waits = take(this.batch[this.at]!);
      this.at++;
      if (waits !== undefined) await waits;
    }
  }

  /** Leaves the rest unread. */
  async close(): Promise<void> {
    await this.source.return?.();
  }
}

/** Whether the streams that hold these states have their key groups in ascending order, one stream behind the other. */
export function inKeyGroupOrder(operator: Operator, states: readonly State[]): boolean {
  const holding = new Set(states.flatMap(({ parts }) => parts.map(({ stream }) => stream)));
  let last = -1;
  for (const stream of operator.streams) {
    if (!holding.has(stream)) continue;
    const first = stream.keyGroups?.start ?? 0;
    const absent = stream.format === 'raw-keyed' ? -1 : 0;
    const groups = stream.keyGroupOffsets
      .map((offset, i) => ({ offset, keyGroup: first + i }))
      .filter(({ offset }) => offset > absent)
      .sort((a, b) => a.offset - b.offset);
    for (const { keyGroup } of groups) {
      if (keyGroup <= last) return false;
      last = keyGroup;
    }
  }
  return true;
}
