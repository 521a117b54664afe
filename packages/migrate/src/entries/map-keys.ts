import { compileExpression } from '@statewright/inspect';
import type { SerializerSnapshot } from '@statewright/serializers';
import type { StepContext } from '../steps/step.js';
import { typeOption } from '../types/parse-types.js';
import { cannotChange } from './change-entries.js';
import { fieldPath } from './field-path.js';
import { fromJson } from './from-json.js';
import { longsOf } from './longs.js';
import { atOption } from './step-errors.js';

/** A part of a list's elements that a map has for keys or values. */
export interface ElementPart {
  readonly type: SerializerSnapshot;
  get(element: unknown): unknown;
}

/**
 * The part that an option names: a field, or with `keyType` what an expression makes of `value`, the element.
 * BAD_DOCUMENT for what the elements do not have.
 */
export async function keyPart(context: StepContext, element: SerializerSnapshot): Promise<ElementPart> {
  const { step } = context;
  if (step.options.keyType === undefined) return fieldPath(step, 'key', element);
  const text = String(step.options.key);
  const type = await typeOption(context, 'keyType');
  const compiled = await atOption(step, ['key'], () => compileExpression(text, ['value'], { kind: 'key' }));
  const read = fromJson(type);
  const longs = longsOf(element);
  return {
    type,
    get(value) {
      const result = compiled.evaluate({ value: longs === undefined ? value : longs(value) });
      if ('value' in result) return read(result.value);
      throw cannotChange(step, `the key ${JSON.stringify(text)} cannot be told: ${result.failed}`);
    },
  };
}

/** The field that the option `value` names, or the whole element. */
export function valuePart({ step }: StepContext, element: SerializerSnapshot): ElementPart {
  if (step.options.value === undefined) return { type: element, get: (value) => value };
  return fieldPath(step, 'value', element);
}
