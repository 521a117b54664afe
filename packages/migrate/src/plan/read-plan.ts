import { StatewrightError } from '@statewright/bytes';
import { readDocument, type YamlText } from '@statewright/compat';
import { STEPS } from '../steps/index.js';
import type { StepRow } from '../steps/step.js';
import type { Plan, PlanStep } from './plan.js';
import { planSchema } from './plan-schema.js';
import { quoteTypes } from './quote-types.js';

type Options = { readonly [name: string]: unknown };

interface RawPlan {
  readonly steps: readonly { readonly [verb: string]: Options }[];
}

/**
 * Reads a plan (YAML, docs/migrations). BAD_DOCUMENT with line and column for what is no YAML, for unknown steps and options
 * (with the closest that is known), and for values of the wrong form. Nothing is compared with a snapshot yet.
 */
export async function readPlan(file: string, text: string, rows: readonly StepRow[] = STEPS): Promise<Plan> {
  const yaml = await readDocument(file, quoteTypes(text), planSchema(rows));
  const { steps } = yaml.value as RawPlan;
  return { file, text, steps: steps.map((raw, index) => stepOf(yaml, raw, index)) };
}

function stepOf(yaml: YamlText, raw: { readonly [verb: string]: Options }, index: number): PlanStep {
  const [verb, options] = Object.entries(raw)[0]!;
  const placeOf = (path: readonly (string | number)[]) => {
    const place = path.length === 0 ? yaml.placeOfKey(['steps', index, verb]) : undefined;
    return { file: yaml.file, ...(place ?? yaml.placeOf(['steps', index, verb, ...path])) };
  };
  return {
    index,
    verb,
    options,
    placeOf,
    error: (path, reason, next) => new StatewrightError('BAD_DOCUMENT', { at: placeOf(path), reason, next }),
  };
}
