import type { Plan } from '../plan/plan.js';
import type { ErrorView, StepStatus, StepView } from '../views.js';
import type { ResolvedStep } from './resolve-plan.js';

/** The steps of a plan of which some were put on the snapshot, and the next one, if any, failed with an error. */
export function stepViews(
  plan: Plan | undefined,
  resolved: readonly ResolvedStep[],
  failed: ErrorView | null,
): readonly StepView[] {
  return (plan?.steps ?? []).map(({ index, verb, placeOf }): StepView => {
    const done = resolved.find((step) => step.index === index);
    const isFailed = failed !== null && index === resolved.length;
    const { line, column } = placeOf([]);
    return {
      index,
      verb,
      line,
      column,
      status: done !== undefined ? 'Success' : isFailed ? 'Error' : 'NotExecuted',
      category: done?.category ?? null,
      changes: done?.changes ?? [],
      events: [],
      error: isFailed ? failed : null,
    };
  });
}

/** Steps of a run that wrote nothing: those with failures are in error, the others were not done. */
export function notWritten(steps: readonly StepView[], error: ErrorView): readonly StepView[] {
  return steps.map((step): StepView => {
    const failed = step.status === 'Error' || step.events.some(({ what }) => what === 'failed');
    const status: StepStatus = failed ? 'Error' : 'NotExecuted';
    return { ...step, status, error: failed ? (step.error ?? error) : null };
  });
}
