import type { TriedPlan } from '@statewright/migrate';

/** One step of a draft: as a plan has it. */
export interface DraftStep {
  readonly verb: string;
  readonly options: { readonly [name: string]: unknown };
}

/** The plan that is being put together in a session; all screens share it. */
export interface PlanDraft {
  steps: readonly DraftStep[];
  /** The steps before each change, the last one last. */
  past: readonly (readonly DraftStep[])[];
  /** What these steps make of the snapshot; undefined without steps, and until it is known. */
  tried: TriedPlan | undefined;
  /** The folder that relative names of files count from; undefined: the one that the browser was started in. */
  directory: string | undefined;
}

/** A draft without steps. */
export function newDraft(): PlanDraft {
  return { steps: [], past: [], tried: undefined, directory: undefined };
}

/** Gives the draft other steps; `tried` is what they make of the snapshot, where that is known. */
export function changeDraft(draft: PlanDraft, steps: readonly DraftStep[], tried?: TriedPlan): void {
  draft.past = [...draft.past, draft.steps];
  draft.steps = steps;
  draft.tried = tried;
}

/** Takes the last change back; false when there is none. */
export function undoDraft(draft: PlanDraft): boolean {
  const before = draft.past.at(-1);
  if (before === undefined) return false;
  draft.past = draft.past.slice(0, -1);
  draft.steps = before;
  draft.tried = undefined;
  return true;
}

/** How an operator is named: as the snapshot, or the job that a plan makes of it, has it. */
interface OperatorName {
  readonly uid?: string | null | undefined;
  readonly id: string;
}

/** What a step behind the others has to call an operator of the snapshot. */
export function operatorInDraft({ tried }: PlanDraft, operator: OperatorName): string {
  const now = tried?.job?.operators.find(({ source }) => source?.id === operator.id) ?? operator;
  return now.uid ?? now.id;
}

/** What a step behind the others has to call a state of the snapshot: `OPERATOR/STATE`. */
export function stateInDraft(
  draft: PlanDraft,
  operator: OperatorName,
  state: { readonly name: string; readonly kind: string },
): string {
  for (const { uid, id, states } of draft.tried?.job?.operators ?? []) {
    const now = states.find(({ feeds }) =>
      feeds.some(
        (feed) =>
          feed.type === 'state' &&
          feed.from.operator.id === operator.id &&
          feed.from.name === state.name &&
          feed.from.kind === state.kind,
      ),
    );
    if (now !== undefined) return `${uid ?? id}/${now.name}`;
  }
  return `${operatorInDraft(draft, operator)}/${state.name}`;
}
