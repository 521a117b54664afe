import type { ListState } from '../../components/list/state.js';

/** The cursor, and the steps as they stand in the plan. */
export interface PlanState {
  readonly list: ListState;
  /** The text of each step, in the order of the draft. */
  readonly yaml: readonly string[];
  /** Where the plan is to be applied to, while it is asked whether values may be lost. */
  readonly output: string;
}

/** What effects of the plan bring. */
export type PlanData =
  | { readonly type: 'yaml'; readonly yaml: readonly string[] }
  | { readonly type: 'said'; readonly say: string };
