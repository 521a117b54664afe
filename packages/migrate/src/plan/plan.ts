import type { ErrorDetails, StatewrightError } from '@statewright/bytes';

/** A plan as a person wrote it. */
export interface Plan {
  /** The file's name as it was given. */
  readonly file: string;
  /** The text, for the saved plan and the report. */
  readonly text: string;
  readonly steps: readonly PlanStep[];
}

/** One step of a plan. */
export interface PlanStep {
  /** From 0. */
  readonly index: number;
  readonly verb: string;
  /** As the step's JSON Schema demands. */
  readonly options: { readonly [name: string]: unknown };
  /** BAD_DOCUMENT at one of the step's options; an empty path is the step itself. */
  error(path: readonly (string | number)[], reason: string, next?: string): StatewrightError;
  /** Where an option stands in the plan. */
  placeOf(path: readonly (string | number)[]): NonNullable<ErrorDetails['at']>;
}
