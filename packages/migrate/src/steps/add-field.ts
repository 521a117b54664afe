import type { PojoSnapshot } from '@statewright/serializers';
import { cannotChange } from '../entries/change-entries.js';
import { fromJson } from '../entries/from-json.js';
import { NO_ENTRY } from '../entries/items.js';
import { valueExpression } from '../entries/new-values.js';
import { changeTypes } from '../types/change-types.js';
import { isJavaPrimitive } from '../types/fit/scalars.js';
import { type FieldType, fieldTypeOption } from '../types/parse-types.js';
import { isPojo, type NewField, withFields } from '../types/pojo.js';
import { expectNewName, fieldOf, fieldOptions, isOrExtends, sameFields } from '../types/pojo-fields.js';
import { valueOption } from '../types/yaml-value.js';
import { CLASS, options, TYPE, text, WITHIN } from './options.js';
import type { StepContext, StepRow } from './step.js';

/** A POJO gets a field more. */
export const addField: StepRow = {
  verb: 'add-field',
  purpose: 'add a field that the class now has, with one value for all',
  category: 'rewriting',
  since: '0.1.0',
  options: options(
    {
      class: CLASS,
      field: text('name of the new field'),
      type: TYPE,
      default: { description: 'its value, in the JSON mapping; may be left out where null is allowed' },
      value: text('in place of default: CEL expression on value, the object as it is before'),
      within: WITHIN,
    },
    ['class', 'field', 'type'],
  ),
  example: 'add-field: { class: com.acme.Account, field: visits, type: int, default: 0 }',
  async apply(job, context) {
    const { className, field } = fieldOptions(context);
    const type = await fieldTypeOption(context, 'type');
    const open = await makerOf(context, type);
    const add = (pojo: PojoSnapshot) => {
      expectNewName(context, pojo, field, 'field');
      return withFields(pojo, [
        ...sameFields(pojo),
        { field: fieldOf(className, field, type.value), from: undefined, open },
      ]);
    };
    return changeTypes(job, context, {
      className,
      isClass: (one) => one === className,
      option: 'class',
      mark: '+',
      what: `field ${field}: ${String(context.step.options.type)} added to ${className}`,
      rule: (node, superclasses) =>
        isPojo(node) && isOrExtends(node, className, superclasses) ? add(node) : undefined,
    });
  },
};

/** Makes the value of the new field: one for all, or by an expression from the other fields. */
async function makerOf(context: StepContext, type: FieldType): Promise<NonNullable<NewField['open']>> {
  const { step } = context;
  if (step.options.value === undefined) {
    const value = defaultOf(context, type);
    return () => () => value;
  }
  if (step.options.default !== undefined) {
    throw step.error(['default'], 'a value is given, too', 'leave one of them out');
  }
  const { names, make } = await valueExpression(context);
  const other = names.find((name) => name !== 'value');
  if (other !== undefined) {
    throw step.error(
      ['value'],
      `${other} is not known inside of an object`,
      'write expressions on value only',
    );
  }
  const read = fromJson(type.value);
  return () => (_, record) => {
    const made = make(NO_ENTRY, { value: record, userKey: undefined, ttl: undefined, index: undefined });
    if (made !== null && made !== undefined) return read(made);
    if (type.nullable || !isJavaPrimitive(type.value)) return null;
    throw cannotChange(
      step,
      `the value of ${String(step.options.field)} is null, which its type does not take`,
    );
  };
}

/** The value of the new field; null where the plan gives none and Java allows it. */
function defaultOf({ step }: StepContext, { value, nullable }: FieldType): unknown {
  const json = step.options.default ?? null;
  if (json !== null) return valueOption(step, 'default', value);
  if (nullable || !isJavaPrimitive(value)) return null;
  const type = String(step.options.type);
  const path = step.options.default === undefined ? [] : ['default'];
  throw step.error(path, `a field of type ${type} cannot be null`, `give a default, or write ${type}?`);
}
