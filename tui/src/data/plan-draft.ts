/** One step of a draft: as a plan has it. */
export interface DraftStep {
  readonly verb: string;
  readonly options: { readonly [name: string]: unknown };
}

/** The plan that is being put together in a session; all screens share it. */
export interface PlanDraft {
  steps: readonly DraftStep[];
}

/** What an operator of the snapshot is called after the steps so far, which later steps have to call it. */
export function operatorInDraft(
  { steps }: PlanDraft,
  { uid, id }: { readonly uid: string | null; readonly id: string },
): string {
  return renamed(steps, 'rename-operator', 'operator', uid ?? id);
}

/** What a state of the snapshot is called after the steps so far: `OPERATOR/STATE`. */
export function stateInDraft(
  draft: PlanDraft,
  operator: { readonly uid: string | null; readonly id: string },
  state: string,
): string {
  let [own, name] = [operator.uid ?? operator.id, state];
  for (const { verb, options } of draft.steps) {
    if (verb === 'rename-operator' && options.operator === own) own = String(options.to);
    if (verb === 'rename-state' && options.state === `${own}/${name}`) name = String(options.to);
  }
  return `${own}/${name}`;
}

function renamed(steps: readonly DraftStep[], verb: string, option: string, from: string): string {
  return steps.reduce(
    (name, step) => (step.verb === verb && step.options[option] === name ? String(step.options.to) : name),
    from,
  );
}

/** Adds a step; gives what is said of it. */
export function addStep(draft: PlanDraft, verb: string, options: DraftStep['options']): string {
  draft.steps = [...draft.steps, { verb, options }];
  return `step ${draft.steps.length} of the plan: ${verb} (:plan shows it)`;
}
