import type { RowVerdict } from './compare-rows.js';
import type { DiffCounts } from './diff-views.js';

/** Counts that grow; what each side has is the sum of what became of it. */
export class Counter {
  added = 0;
  removed = 0;
  changed = 0;
  touched = 0;
  unchanged = 0;
  oldNotCompared = 0;
  newNotCompared = 0;

  /** An entry that both sides have, by how its two values compare. */
  addBoth(verdict: RowVerdict): void {
    if (verdict !== 'unknown') {
      this[verdict]++;
      return;
    }
    this.oldNotCompared++;
    this.newNotCompared++;
  }

  result(): DiffCounts {
    const { added, removed, changed, touched, unchanged, oldNotCompared, newNotCompared } = this;
    const both = changed + touched + unchanged;
    return {
      old: removed + both + oldNotCompared,
      new: added + both + newNotCompared,
      added,
      removed,
      changed,
      touched,
      unchanged,
      oldNotCompared,
      newNotCompared,
    };
  }
}

/** The sum of some counts. */
export function totalCounts(counts: readonly DiffCounts[]): DiffCounts {
  const sum = new Counter();
  for (const one of counts) {
    sum.added += one.added;
    sum.removed += one.removed;
    sum.changed += one.changed;
    sum.touched += one.touched;
    sum.unchanged += one.unchanged;
    sum.oldNotCompared += one.oldNotCompared;
    sum.newNotCompared += one.newNotCompared;
  }
  return sum.result();
}
