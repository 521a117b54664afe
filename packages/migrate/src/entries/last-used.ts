import type { Feed, PlannedState } from '../job/planned-job.js';
import type { PlanStep } from '../plan/plan.js';
import { expectApart } from '../types/open-ends.js';
import { changedFeeds } from './change-entries.js';
import { itemsOf, withItems } from './items.js';

/** The feeds of a state whose items all get this time of last access, in milliseconds; undefined takes it away. */
export function feedsLastUsed(state: PlannedState, step: PlanStep, ttl: bigint | undefined): Feed[] {
  const { kind } = state;
  return changedFeeds(state, step, {
    type: 'entries',
    step: step.index,
    rekeys: false,
    open: () => (entry) => {
      const items = itemsOf(entry, kind);
      expectApart(
        items.map(({ value }) => value),
        'an element',
      );
      return withItems(
        entry,
        kind,
        items.map((item) => ({ ...item, ttl })),
      );
    },
  });
}
