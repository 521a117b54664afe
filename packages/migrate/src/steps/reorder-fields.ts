import type { PojoSnapshot } from '@statewright/serializers';
import { withState } from '../job/plan-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { changeState, elementOf } from '../types/change-state.js';
import { changeTypes } from '../types/change-types.js';
import { isPojo, withFields } from '../types/pojo.js';
import { sameFields } from '../types/pojo-fields.js';
import { positionsOf, reorderPositions } from '../types/reorder.js';
import { CLASS, options, STATE, WITHIN } from './options.js';
import type { StepContext, StepRow } from './step.js';

/** The fields of a tuple or row get another order; those of a POJO have none of their own. */
export const reorderFields: StepRow = {
  verb: 'reorder-fields',
  purpose: 'give the fields of a tuple, a row or a SQL row the order that the job now has',
  category: 'rewriting',
  since: '0.1.0',
  options: options(
    {
      state: {
        ...STATE,
        description: `${STATE.description}; whose values, elements or map values are tuples or rows`,
      },
      class: {
        ...CLASS,
        description: 'in place of state: a POJO, of which Flink sorts the fields by name anyway',
      },
      order: {
        type: 'array',
        items: { type: ['integer', 'string'] },
        minItems: 1,
        description: 'all fields in their new order: positions from 0 as they are now, f0, f1 ..., or names',
      },
      within: WITHIN,
    },
    ['order'],
  ),
  example: 'reorder-fields: { state: accounts/pair, order: [1, 0] }',
  apply(job, context) {
    const { step } = context;
    const { class: className, state } = step.options;
    if ((className === undefined) === (state === undefined)) {
      throw step.error([], '"state" or "class" is needed, and not both');
    }
    return className === undefined ? ofState(job, context) : ofPojo(job, context, String(className));
  },
};

const ofState: StepRow['apply'] = (job, context) => {
  const { step, change } = context;
  const { operator, state } = selectState(job, step);
  const element = elementOf(state);
  const order = positionsOf(step, element);
  const changed = changeState(
    state,
    step.index,
    (node) => (node === element ? reorderPositions(step, node, order) : undefined),
    { keys: false },
  );
  if (changed === undefined) return job;
  const what = `fields in the order ${order.join(', ')}`;
  change({ mark: '~', address: stateLabel(operator, state), what, category: 'rewriting' });
  return withState(job, operator, state, changed.state);
};

/** `PojoTypeInfo` sorts fields by name, so that the order in which a class declares them is in no savepoint. */
function ofPojo(job: Parameters<StepRow['apply']>[0], context: StepContext, className: string) {
  return changeTypes(job, context, {
    className,
    isClass: (one) => one === className,
    option: 'class',
    mark: '~',
    isDone: () => true,
    what: `fields of ${className} sorted by name, as Flink has them`,
    rule(node) {
      if (!isPojo(node) || node.pojoClass !== className) return undefined;
      expectAllNames(context, node);
      const sorted = node.fields.every(({ name }, i) => i === 0 || node.fields[i - 1]!.name < name);
      return sorted ? undefined : withFields(node, sameFields(node));
    },
  });
}

function expectAllNames({ step }: StepContext, { fields, pojoClass }: PojoSnapshot): void {
  const wanted = (step.options.order as unknown[]).map(String).sort();
  const names = fields.map(({ name }) => name).sort();
  if (wanted.length === names.length && wanted.every((name, i) => name === names[i])) return;
  throw step.error(
    ['order'],
    `${pojoClass} has the fields ${names.join(', ')}, each of which is needed once`,
  );
}
