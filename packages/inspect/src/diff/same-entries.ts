import {
  type EqualEntries,
  equalEntries,
  type FindEqualEntries,
  type LeaveOut,
} from '@statewright/savepoint';
import type { OperatorPair } from './pair-states.js';
import type { Side } from './sorted-sides.js';
import type { DifferOptions, StateDiffer } from './state-differ.js';

/** Key groups whose answer is kept for the side that comes later; asked for again, it is found anew. */
const KEPT = 64;

/**
 * The entries that both sides hold with the same bytes: counted as unchanged and left out of what is decoded. A key group
 * is looked at when one of the readers comes to it.
 */
export class SameEntries {
  private readonly find: FindEqualEntries;
  private readonly found = new Map<number, Promise<EqualEntries | undefined>>();
  private readonly differs: readonly StateDiffer[];

  constructor(
    pair: OperatorPair,
    differs: readonly StateDiffer[],
    /** Key groups that the new side does not read: all bytes of them are the same. */
    equal: ReadonlySet<number>,
    { before, after }: Pick<DifferOptions, 'before' | 'after'>,
  ) {
    this.differs = differs.filter(({ pairing }) => pairing.how === 'joined');
    const { old, new: now } = pair;
    if (old === undefined || now === undefined) {
      this.find = async () => undefined;
      return;
    }
    const [ours, theirs] = [
      { savepoint: before.savepoint, operator: old },
      { savepoint: after.savepoint, operator: now },
    ];
    const states = this.differs.map(({ pair }) => [pair.old!, pair.new!] as const);
    const differing = equalEntries(ours, theirs, states);
    const alike = equalEntries(
      ours,
      ours,
      states.map(([state]) => [state, state] as const),
    );
    this.find = (keyGroup) => (equal.has(keyGroup) ? alike : differing)(keyGroup);
  }

  /** For the reader of a side. What is the same is counted when the old side comes to it. */
  leaveOut(side: Side): LeaveOut {
    return async (keyGroup) => {
      const same = await this.lookAt(keyGroup);
      if (same === undefined) return undefined;
      if (side === 'old') {
        for (const [i, differ] of this.differs.entries()) {
          differ.countUnchanged(same.counts[i]!.entries, same.counts[i]!.mapEntries);
        }
      }
      return same[side];
    };
  }

  private lookAt(keyGroup: number): Promise<EqualEntries | undefined> {
    const known = this.found.get(keyGroup);
    if (known !== undefined) return known;
    const finding = this.find(keyGroup);
    if (this.found.size >= KEPT) this.found.delete(this.found.keys().next().value!);
    this.found.set(keyGroup, finding);
    return finding;
  }
}
