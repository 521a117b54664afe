import { compileExpression } from '@statewright/inspect';
import { type SerializerSnapshot, toJson } from '@statewright/serializers';
import type { ChangeReport, MigratedEntry } from '../job/entry-change.js';
import type { StepContext } from '../steps/step.js';
import { cannotChange } from './change-entries.js';
import { beyond, rangeOf } from './clamp.js';
import type { FromJson } from './from-json.js';
import type { Item } from './items.js';
import type { EntryLongs } from './longs.js';
import type { Policy } from './policy.js';
import { atOption } from './step-errors.js';
import { VARIABLES, variablesOf } from './variables.js';

/** What a step makes of an item, before it gets its type: what CEL or a module gave. */
export interface NewValue {
  /** Those of `VARIABLES` that it depends on. */
  readonly names: readonly string[];
  /** CANNOT_ENCODE when nothing can be made. */
  make(entry: MigratedEntry, item: Item): unknown;
}

/** The option `value`: an expression; with `longs` on values whose whole numbers are CEL's. BAD_DOCUMENT for what is none. */
export async function valueExpression({ step }: StepContext, longs?: EntryLongs): Promise<NewValue> {
  const text = String(step.options.value);
  const compiled = await atOption(step, ['value'], () =>
    compileExpression(text, VARIABLES, { kind: 'value' }),
  );
  return {
    names: compiled.names,
    make(entry, item) {
      const result = compiled.evaluate(variablesOf(entry, item, longs));
      if ('value' in result) return result.value;
      throw cannotChange(
        step,
        `${JSON.stringify(text)} of ${toJson(item.value)} gives nothing: ${result.failed}`,
      );
    },
  };
}

type ValueFunction = (value: unknown, about: object) => unknown;

/**
 * The option `module`: a JS/TS module whose default export is called with the value and an object of the other variables,
 * all in the JSON of `export`, and gives the new value so. Its code runs, which nothing but the plan asks for.
 */
export async function valueModule(context: StepContext): Promise<NewValue> {
  const { step } = context;
  const name = String(step.options.module);
  const loaded = await atOption(step, ['module'], () => context.loadModule(name));
  const make = loaded.default;
  if (typeof make !== 'function') {
    const next = 'write export default (value, about) => …';
    throw step.error(['module'], `${JSON.stringify(name)} has no function as its default export`, next);
  }
  return {
    names: VARIABLES,
    make(entry, item) {
      const { value, ...about } = variablesOf(entry, item);
      const members = Object.entries(about).map(([each, one]) => [each, jsonOf(one)]);
      try {
        return (make as ValueFunction)(jsonOf(value), Object.fromEntries(members));
      } catch (error) {
        const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
        throw cannotChange(step, `${name} threw for ${toJson(value)}: ${why}`);
      }
    },
  };
}

function jsonOf(value: unknown): unknown {
  return JSON.parse(toJson(value));
}

/** Gives what was made its type. */
export type Fit = (made: unknown, report: ChangeReport) => unknown;

/** Fits values to a serializer, with numbers clamped where the policy says so; counts nulls and overflows. */
export function fitting(
  { step }: StepContext,
  type: SerializerSnapshot,
  read: FromJson,
  policy: Policy,
  nullable: boolean,
): Fit {
  const range = rangeOf(type);
  return (made, report) => {
    if (made === null || made === undefined) {
      report.count('null');
      if (nullable) return null;
      throw cannotChange(step, 'the new value is null, which no state of this kind holds');
    }
    const end = range === undefined ? undefined : beyond(range, made);
    if (end === undefined) return read(made);
    report.count('overflow');
    if (policy.name !== 'clamp') return read(made);
    report.count('clamped');
    return read(end);
  };
}
