import { addField } from './add-field.js';
import { dropField } from './drop-field.js';
import { dropOperator } from './drop-operator.js';
import { dropState } from './drop-state.js';
import { renameClass } from './rename-class.js';
import { renameField } from './rename-field.js';
import { renameOperator } from './rename-operator.js';
import { renameState } from './rename-state.js';
import type { StepRow } from './step.js';

/** All steps, in the order of the docs. */
export const STEPS: readonly StepRow[] = [
  renameOperator,
  renameState,
  renameClass,
  renameField,
  addField,
  dropField,
  dropState,
  dropOperator,
];
