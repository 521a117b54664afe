import { compileExpression, type ExpressionResult } from '@statewright/inspect';
import type { MigratedEntry } from '../job/entry-change.js';
import type { PlanStep } from '../plan/plan.js';
import { cannotChange } from './change-entries.js';
import type { Item } from './items.js';
import type { EntryLongs } from './longs.js';
import { atOption } from './step-errors.js';
import { VARIABLES, variablesOf } from './variables.js';

/** Whether something is so for an item. CANNOT_ENCODE when it cannot be told. */
export type Test = (entry: MigratedEntry, item: Item) => boolean;

/** The condition that an option of a step holds; undefined when it is absent. BAD_DOCUMENT for what is none. */
export async function conditionOption(
  step: PlanStep,
  option: string,
  longs: EntryLongs,
  path: readonly (string | number)[] = [option],
): Promise<Test | undefined> {
  let text: unknown = step.options;
  for (const name of path) text = (text as { readonly [name: string]: unknown } | undefined)?.[name];
  if (typeof text !== 'string') return undefined;
  const compiled = await atOption(step, path, () =>
    compileExpression(text, VARIABLES, { kind: option, condition: true }),
  );
  return (entry, item) => {
    const result: ExpressionResult = compiled.evaluate(variablesOf(entry, item, longs));
    if ('value' in result) return result.value === true;
    throw cannotChange(step, `the condition ${JSON.stringify(text)} cannot be told: ${result.failed}`);
  };
}

/** Which entries a step concerns, by its options `where` and `keyGroups`; undefined: all of them. */
export async function selectionOf(step: PlanStep, longs: EntryLongs): Promise<Test | undefined> {
  const where = await conditionOption(step, 'where', longs);
  const range = step.options.keyGroups as readonly [number, number] | undefined;
  if (range === undefined) return where;
  const [first, last] = range;
  if (first > last)
    throw step.error(['keyGroups'], `the range ends at ${last}, before it begins at ${first}`);
  return (entry, item) => {
    const { keyGroup } = entry;
    const inside = keyGroup !== undefined && keyGroup >= first && keyGroup <= last;
    return inside && (where === undefined || where(entry, item));
  };
}
