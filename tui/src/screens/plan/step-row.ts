import type { Category, StepChange } from '@statewright/migrate';
import { escapeText, plural } from '@statewright/report';
import type { Column } from '../../components/list/table.js';
import type { Role } from '../../line/line.js';
import type { DraftStep, PlanDraft } from '../../plan/draft.js';
import { optionText } from '../../plan/option-text.js';
import { shortClasses } from '../../plan/short-classes.js';
import { stepOfError } from '../../plan/try-draft.js';

/** A step of the draft with what it does to the snapshot, as far as that is known. */
export interface StepRow {
  readonly number: number;
  readonly step: DraftStep;
  /** Undefined while it is not known, and behind a step that does not fit. */
  readonly category: Category | undefined;
  readonly changes: readonly StepChange[];
  /** Why it does not fit. */
  readonly error: string | undefined;
}

/** The steps of a draft as rows. */
export function stepRows({ steps, tried }: PlanDraft): readonly StepRow[] {
  const failed = tried === undefined ? undefined : stepOfError(tried);
  return steps.map((step, i): StepRow => {
    const done = tried?.steps.find(({ index }) => index === i);
    const { reason, next } = tried?.error ?? { reason: '', next: undefined };
    const error = failed === i ? (next === undefined ? reason : `${reason}; ${next}`) : undefined;
    return { number: i + 1, step, category: done?.category, changes: done?.changes ?? [], error };
  });
}

const ROLES: { readonly [category in Category]: Role } = {
  nothing: 'dim',
  metadata: 'good',
  rewriting: 'plain',
  lossy: 'warn',
};

const WORDS: { readonly [category in Category]: string } = {
  nothing: 'nothing',
  metadata: 'metadata only',
  rewriting: 'data rewritten',
  lossy: 'lossy',
};

/** What a step does, in plain words. */
export function stepWords({ step, changes }: StepRow): string {
  const [first, ...others] = changes;
  if (first === undefined) return escapeText(Object.values(step.options).map(optionText).join(' '));
  if (others.length === 0) return escapeText(shortClasses(`${first.address}: ${first.what}`));
  return escapeText(`${shortClasses(first.what)}, in ${plural(changes.length, 'state')}`);
}

/** A step a row: number, verb, what it does, and what that means for the data. */
export const STEP_COLUMNS: readonly Column<StepRow>[] = [
  { head: '#', cell: ({ number }) => String(number), align: 'end' },
  {
    head: 'STEP',
    cell: ({ step, error }) => ({ text: step.verb, role: error === undefined ? 'key' : 'bad' }),
  },
  {
    head: 'DOES',
    cell: (row) => (row.error === undefined ? stepWords(row) : { text: 'does not fit', role: 'bad' }),
    grows: true,
    least: 16,
  },
  {
    head: 'DATA',
    cell: ({ category }) => (category === undefined ? '' : { text: WORDS[category], role: ROLES[category] }),
    optional: 1,
  },
];
