import type { SerializerSnapshot } from '@statewright/serializers';
import { changedFeeds } from '../entries/change-entries.js';
import { fromJson } from '../entries/from-json.js';
import { type Item, itemsOf, NO_ENTRY, withItems } from '../entries/items.js';
import { type EntryLongs, longsOfState } from '../entries/longs.js';
import { type Fit, fitting, type NewValue, valueExpression, valueModule } from '../entries/new-values.js';
import { LEFT_OUT, POLICY_OPTIONS, type Policy, policyOf, underPolicy } from '../entries/policy.js';
import { selectionOf, type Test } from '../entries/selection.js';
import { wrapType } from '../entries/wrap-type.js';
import { type EntryChange, SKIP_ENTRY } from '../job/entry-change.js';
import { withState } from '../job/plan-job.js';
import type { PlannedState } from '../job/planned-job.js';
import { selectState, stateLabel } from '../job/select.js';
import { elementOf, withElement } from '../types/change-state.js';
import { typeOption } from '../types/parse-types.js';
import { KEY_GROUPS, options, STATE, TYPE, text, WHERE } from './options.js';
import type { StepContext, StepRow } from './step.js';

/** Values of a state become others. */
export const mapValues: StepRow = {
  verb: 'map-values',
  purpose: 'give each value (list element, map value) another, by an expression or a function',
  category: 'lossy',
  since: '0.1.0',
  options: options(
    {
      state: STATE,
      value: text(
        'CEL expression of the new value on value, key, ns, userKey, ttl, keyGroup, subtask, index',
      ),
      module: text(
        'JS/TS module whose default export gives the new value: (value, about) => value, in the JSON of export',
      ),
      type: {
        ...TYPE,
        description: 'type of the new values in the syntax of contracts; default: that of the old',
      },
      where: WHERE,
      keyGroups: KEY_GROUPS,
      ...POLICY_OPTIONS,
    },
    ['state'],
  ),
  example: "map-values: { state: fraud-detector/tx-count, value: 'value * 2' }",
  async apply(job, context) {
    const { step, change } = context;
    const { operator, state } = selectState(job, step);
    const { kind } = state;
    const longs = longsOfState(state, job.savepoint.formats);
    const made = await newValueOf(context, longs);
    const type = await newTypeOf(context, state);
    const read = fromJson(type, job.savepoint.formats);
    const policy = policyOf(step, read);
    const fit = fitting(context, type, read, policy, kind === 'map' || kind === 'broadcast');
    const where = await selectionOf(step, longs);
    const changed = changeOf({ step: step.index, state, made, fit, policy, where });
    const what = `values made by ${String(step.options.value ?? step.options.module)}`;
    const address = stateLabel(operator, state);
    const loses = policy.name === 'fail' ? undefined : 'values that cannot be made or do not fit';
    change({ mark: '~', address, what, category: loses === undefined ? 'rewriting' : 'lossy', loses });
    const feeds = changedFeeds(state, step, changed);
    const valueSerializer = kind === 'timer' ? state.valueSerializer : withElement(state, () => type);
    return withState(job, operator, state, { ...state, valueSerializer, feeds });
  },
};

function newValueOf(context: StepContext, longs: EntryLongs): Promise<NewValue> {
  const { step } = context;
  const { value, module } = step.options;
  if (value === undefined && module === undefined) {
    throw step.error(
      [],
      'nothing says what the new values are',
      "write value: 'EXPRESSION' or module: ./FILE.js",
    );
  }
  if (value === undefined) return valueModule(context);
  if (module !== undefined) throw step.error(['module'], 'a value is given, too', 'leave one of them out');
  return valueExpression(context, longs);
}

async function newTypeOf(context: StepContext, state: PlannedState): Promise<SerializerSnapshot> {
  const { step } = context;
  const old = state.kind === 'timer' ? wrapType('long') : elementOf(state);
  if (step.options.type === undefined) return old;
  if (state.kind === 'timer') throw step.error(['type'], 'the value of a timer is its time, which is a long');
  for (const option of ['where', 'keyGroups']) {
    if (step.options[option] === undefined) continue;
    throw step.error(
      ['type'],
      `values that ${option} leaves as they are have the old type`,
      `leave ${option} out`,
    );
  }
  return typeOption(context, 'type');
}

interface Mapping {
  readonly step: number;
  readonly state: PlannedState;
  readonly made: NewValue;
  readonly fit: Fit;
  readonly policy: Policy;
  readonly where: Test | undefined;
}

/** Of values alone where nothing else is asked for, so that keys are copied as bytes. */
function changeOf(mapping: Mapping): EntryChange {
  const { step, state, made, fit, policy, where } = mapping;
  const alone = made.names.every((name) => name === 'value');
  if (!alone || where !== undefined || state.kind === 'timer') return entriesChangeOf(mapping);
  return {
    type: 'values',
    step,
    parts: ['element'],
    open: (report) => ({
      element(value) {
        const item: Item = { value, userKey: undefined, ttl: undefined, index: undefined };
        const now = underPolicy(policy, report, () => fit(made.make(NO_ENTRY, item), report));
        if (now === LEFT_OUT) throw SKIP_ENTRY;
        return now;
      },
    }),
  };
}

function entriesChangeOf({ step, state, made, fit, policy, where }: Mapping): EntryChange {
  const { kind } = state;
  return {
    type: 'entries',
    step,
    rekeys: false,
    open: (report) => (entry) => {
      const items = itemsOf(entry, kind).flatMap((item) => {
        // Null in a map stays null.
        if (item.value === null || (where !== undefined && !where(entry, item))) return [item];
        const value = underPolicy(policy, report, () => fit(made.make(entry, item), report));
        return value === LEFT_OUT ? [] : [{ ...item, value }];
      });
      return withItems(entry, kind, items);
    },
  };
}
