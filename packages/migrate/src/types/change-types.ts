import { closest } from '@statewright/inspect';
import type { SerializerSnapshot, SnapshotFormat } from '@statewright/serializers';
import type { PlannedJob, PlannedOperator, PlannedState } from '../job/planned-job.js';
import { type SelectedState, selectWithin, stateLabel } from '../job/select.js';
import type { StepChange, StepContext } from '../steps/step.js';
import { isAvro } from './avro-schema.js';
import { changeState, type StateChange } from './change-state.js';
import { classesOfState, nodesNaming } from './classes.js';
import { isKryo } from './kryo-format.js';
import { isPojo } from './pojo.js';
import type { TypeRule } from './type-change.js';

/** What a step does to types. */
export interface TypeStep {
  readonly rule: TypeRule;
  /** The class that it is about, which must occur; several when a package is meant (then any must). */
  readonly isClass: (name: string) => boolean;
  /** How the plan calls the class, and the option that names it. */
  readonly className: string;
  readonly option: string;
  /** One phrase for each state that changes. */
  readonly what: string;
  readonly mark: StepChange['mark'];
  /** What is lost; absent: nothing. */
  readonly loses?: string | undefined;
  /** Different values may become the same one, which the keys of a map must not. */
  readonly merges?: boolean;
  /** Formats that entries are decoded with from here on, beside those of earlier steps. */
  readonly formats?: (earlier: readonly SnapshotFormat[]) => readonly SnapshotFormat[];
  /** Whether the serializer of the snapshot itself has what those formats are for. */
  readonly reads?: (source: SerializerSnapshot) => boolean;
  /** Formats are for all states whose serializers in the snapshot have what they are for, also where no type changes. */
  readonly readsAll?: boolean;
  /** Whether the step has found everything as it is to be, which is no error then. */
  readonly isDone?: () => boolean;
}

/**
 * Applies a step to the types of all states within its reach: wherever a class occurs, keys and namespaces excepted unless
 * the option `keys` says so. The step's error when the class occurs nowhere.
 */
export function changeTypes(job: PlannedJob, context: StepContext, type: TypeStep): PlannedJob {
  const { step } = context;
  const keys = step.options.keys === true;
  const selected = selectWithin(job, step);
  const chosen = new Set(selected.map(({ state }) => state));
  expectClass(
    selected.map(({ state }) => state),
    context,
    type,
    keys,
  );
  const operators = job.operators.map((operator) => {
    const states = operator.states.map((state) => {
      if (!chosen.has(state)) return state;
      const changed = changeState(state, step.index, type.rule, { keys });
      if (changed === undefined) return readsStill(state, type) ? withFormats(state, context, type) : state;
      context.change(changeOf(operator, state, changed, type));
      expectNotLoaded(changed, operator, context);
      if (type.merges === true && changed.parts.includes('userKey'))
        throw mergesKeys(operator, state, context);
      return withFormats(changed.state, context, type);
    });
    if (states.every((state, i) => state === operator.states[i])) return operator;
    if (keys) expectWholeOperator(operator, chosen, context);
    return { ...operator, states };
  });
  if (type.isDone?.() !== true && operators.every((operator, i) => operator === job.operators[i])) {
    throw noneOfThatKind(selected, context, type, keys);
  }
  return { ...job, operators };
}

/** What to do about a class that is there, but not as what the step is for. */
const OTHERS: readonly (readonly [is: (node: SerializerSnapshot) => boolean, what: string, next: string])[] =
  [
    [isAvro, 'an Avro type', 'use a step "avro-evolve"'],
    [isKryo, 'known to Kryo only', 'make it a POJO first, by a step "kryo-to"'],
    [isPojo, 'a POJO or a class that declares its fields', 'name the class that Flink knows as such'],
  ];

function noneOfThatKind(
  selected: readonly SelectedState[],
  { step }: StepContext,
  { isClass, className, option }: TypeStep,
  keys: boolean,
): Error {
  const naming = selected.flatMap(({ state }) => nodesNaming(state, keys, isClass));
  const [, what, next] = OTHERS.find(([is]) => naming.some(is)) ?? [undefined, 'something else', undefined];
  return step.error(
    [option],
    `${JSON.stringify(className)} is ${what} here, of which ${step.verb} changes nothing`,
    next,
  );
}

function mergesKeys(operator: PlannedOperator, state: PlannedState, { step }: StepContext): Error {
  const reason = `${step.options.class} is in the keys of ${stateLabel(operator, state)}, of which several could become one`;
  return step.error([], reason, 'leave that state out by "within"');
}

function readsStill({ feeds }: PlannedState, { readsAll, reads }: TypeStep): boolean {
  if (readsAll !== true || reads === undefined) return false;
  return feeds.some((feed) => feed.type === 'state' && reads(feed.from.valueSerializer));
}

function withFormats(
  state: PlannedState,
  { step }: StepContext,
  { formats, reads, className }: TypeStep,
): PlannedState {
  if (formats === undefined) return state;
  const feeds = state.feeds.map((feed) => {
    if (feed.type !== 'state') return feed;
    const { valueSerializer, keySerializer } = feed.from;
    const sources = [valueSerializer, ...(keySerializer === undefined ? [] : [keySerializer])];
    if (reads !== undefined && !sources.some(reads)) {
      const reason = `in the snapshot itself ${JSON.stringify(className)} has another name or form`;
      throw step.error(['class'], reason, `put this step before those that rename or change it`);
    }
    return { ...feed, formats: formats(feed.formats ?? []) };
  });
  return { ...state, feeds };
}

function changeOf(
  operator: PlannedOperator,
  state: PlannedState,
  { keepsBytes }: StateChange,
  { mark, what, loses }: TypeStep,
): StepChange {
  const address = stateLabel(operator, state);
  if (loses !== undefined) return { mark, address, what, category: 'lossy', loses };
  return { mark, address, what, category: keepsBytes ? 'metadata' : 'rewriting' };
}

function expectClass(
  states: readonly PlannedState[],
  { step }: StepContext,
  { isClass, className, option }: TypeStep,
  keys: boolean,
): void {
  const known = new Set(states.flatMap((state) => [...classesOfState(state, keys)]));
  if ([...known].some(isClass)) return;
  const near = closest(className, [...known], 3);
  const inKeys = !keys && states.some((state) => [...classesOfState(state, true)].some(isClass));
  const next = inKeys
    ? 'it stands in a key or namespace, which "keys: true" includes'
    : near.length === 0
      ? undefined
      : `did you mean ${near.map((name) => JSON.stringify(name)).join(' or ')}`;
  throw step.error([option], `the class ${JSON.stringify(className)} occurs nowhere in these states`, next);
}

/** Entries that an earlier step loads were declared with the type of then. */
function expectNotLoaded(
  { state, keepsBytes }: StateChange,
  operator: PlannedOperator,
  { step }: StepContext,
) {
  if (keepsBytes || state.feeds.every(({ type }) => type === 'state')) return;
  const reason = `${stateLabel(operator, state)} is loaded by an earlier step, so its type cannot change any more`;
  throw step.error([], reason, 'change the type before the step that loads');
}

/** All keyed states of an operator share the serializer of their key. */
function expectWholeOperator(
  { states }: PlannedOperator,
  chosen: ReadonlySet<PlannedState>,
  { step }: StepContext,
): void {
  const keyed = states.filter(
    ({ kind, keySerializer }) => kind !== 'broadcast' && keySerializer !== undefined,
  );
  if (keyed.every((state) => chosen.has(state)) || !keyed.some((state) => chosen.has(state))) return;
  const reason = 'the key is shared by all states of the operator, but only some of them would change';
  throw step.error(['within'], reason, 'name the operator in place of the state');
}
