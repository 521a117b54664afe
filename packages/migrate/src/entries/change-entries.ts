import { StatewrightError } from '@statewright/bytes';
import type { EntryChange } from '../job/entry-change.js';
import type { Feed, PlannedState } from '../job/planned-job.js';
import type { PlanStep } from '../plan/plan.js';

/** The feeds of a state with one change more. BAD_DOCUMENT where an earlier step loads entries of it. */
export function changedFeeds({ name, feeds }: PlannedState, step: PlanStep, change: EntryChange): Feed[] {
  return feeds.map((feed) => {
    if (feed.type === 'state') return { ...feed, changes: [...feed.changes, change] };
    const reason = `${JSON.stringify(name)} is loaded by an earlier step, so its entries cannot be changed any more`;
    throw step.error([], reason, 'put this step before the one that loads');
  });
}

/** The error of a value that a step cannot give its new form; the writer adds the entry's key. */
export function cannotChange(step: PlanStep, reason: string, next?: string): StatewrightError {
  return new StatewrightError('CANNOT_ENCODE', { kind: step.verb, reason, next });
}
