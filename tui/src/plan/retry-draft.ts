import type { Session } from '../data/session.js';
import type { Effect } from '../screen.js';
import { trySteps } from './try-draft.js';

/** Puts the steps of the draft on the snapshot anew, where it is not known yet what they make of it. */
export function retryDraft(session: Session): readonly Effect[] {
  const { draft } = session;
  if (draft.tried !== undefined || draft.steps.length === 0) return [];
  const { steps } = draft;
  return [
    {
      label: 'trying the steps',
      slot: 'retry',
      async run() {
        const tried = await trySteps(session, steps);
        // Steps may have changed meanwhile.
        if (draft.steps === steps) draft.tried = tried;
        return tried;
      },
    },
  ];
}
