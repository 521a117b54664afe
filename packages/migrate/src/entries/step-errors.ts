import { StatewrightError } from '@statewright/bytes';
import type { PlanStep } from '../plan/plan.js';

/** Does something with what an option of a step holds: its errors become BAD_DOCUMENT at the option. */
export async function atOption<T>(
  step: PlanStep,
  path: readonly (string | number)[],
  make: () => T | Promise<T>,
): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof StatewrightError)) throw error;
    throw step.error(path, error.reason, error.next);
  }
}
