import { dirname, resolve } from 'node:path';
import { StatewrightError } from '@statewright/bytes';
import { escapeText, plural } from '@statewright/report';
import { writeNew } from '../../data/export.js';
import type { Session } from '../../data/session.js';
import { changeDraft } from '../../plan/draft.js';
import { draftText, loadMigrate, trySteps } from '../../plan/try-draft.js';
import type { Effect } from '../../screen.js';
import type { PlanData } from './state.js';

/** Reads how the steps of the draft stand in a plan, and what they make of the snapshot where that is not known. */
export function readDraft(session: Session): Effect<PlanData> {
  return {
    label: 'trying the steps',
    slot: 'draft',
    async run() {
      const { draft } = session;
      const { steps } = draft;
      const { text } = await draftText(session, steps);
      if (draft.tried === undefined && steps.length > 0) {
        const tried = await trySteps(session, steps);
        // Steps may have changed meanwhile.
        if (draft.steps === steps) draft.tried = tried;
      }
      const lines = text.trimEnd().split('\n').slice(2);
      return { type: 'yaml', yaml: lines.map((each) => each.replace(/^ *- /, '')) };
    },
  };
}

/** Writes the draft as a new file, which `plan` and `apply` take. */
export function saveDraft(session: Session, file: string): Effect<PlanData> {
  return {
    label: `writing ${escapeText(file)}`,
    async run() {
      const { text } = await draftText(session);
      await writeNew(session.fs, file, [new TextEncoder().encode(text)]);
      const count = plural(session.draft.steps.length, 'step');
      // Names of files count from the folder of the plan, which may be another one now.
      const { error } = await trySteps(session, session.draft.steps, dirname(resolve(file)));
      const warning = error === undefined ? '' : `, but: ${error.reason}`;
      return { type: 'said', say: escapeText(`${file} is written: ${count}${warning}`) };
    },
  };
}

/** Takes the steps of a plan's file in place of those of the draft. Errors are those of `readPlan`. */
export function openDraft(session: Session, file: string): Effect<PlanData> {
  return {
    label: `reading ${escapeText(file)}`,
    async run() {
      const { readPlan } = await loadMigrate();
      const path = resolve(file);
      const stat = await session.fs.stat(path);
      if (stat?.kind !== 'file') throw noFile(file);
      const text = new TextDecoder().decode(await session.fs.readRange(path, 0, stat.size));
      const plan = await readPlan(file, text);
      const steps = plan.steps.map(({ verb, options }) => ({ verb, options }));
      changeDraft(session.draft, steps);
      session.draft.directory = dirname(path);
      return { type: 'said', say: `${plural(steps.length, 'step')} of ${escapeText(file)}` };
    },
  };
}

function noFile(file: string): StatewrightError {
  return new StatewrightError('USAGE', {
    kind: 'plan',
    reason: `there is no file ${JSON.stringify(file)}`,
    next: 'give the name of a plan, a YAML file',
  });
}
