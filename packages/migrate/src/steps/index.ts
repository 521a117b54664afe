import { dropOperator } from './drop-operator.js';
import { dropState } from './drop-state.js';
import { renameOperator } from './rename-operator.js';
import { renameState } from './rename-state.js';
import type { StepRow } from './step.js';

/** All steps, in the order of the docs. */
export const STEPS: readonly StepRow[] = [renameOperator, renameState, dropState, dropOperator];
