import type { EntriesChange, MigratedEntry } from '../job/entry-change.js';
import type { PlannedState } from '../job/planned-job.js';
import type { PlanStep } from '../plan/plan.js';
import { type Item, itemsOf, withItems } from './items.js';

/** Leaves out the items of entries that are not to be kept, and counts them as skipped. */
export function keepItems(
  { kind }: PlannedState,
  step: PlanStep,
  keeps: (entry: MigratedEntry, item: Item) => boolean,
): EntriesChange {
  return {
    type: 'entries',
    step: step.index,
    rekeys: false,
    open: (report) => (entry) => {
      const items = itemsOf(entry, kind);
      const kept = items.filter((item) => keeps(entry, item));
      if (kept.length === items.length) return [entry];
      for (let i = kept.length; i < items.length; i++) report.count('skipped');
      return withItems(entry, kind, kept);
    },
  };
}
