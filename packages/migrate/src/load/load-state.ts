import { printType } from '@statewright/compat';
import { hasTtl, type StateKind } from '@statewright/savepoint';
import type { SerializerSnapshot, SnapshotFormat } from '@statewright/serializers';
import { differenceOf, sameSerializer } from '../entries/same-types.js';
import { elementType, mapTypes } from '../entries/state-types.js';
import { wrapType } from '../entries/wrap-type.js';
import type { PlannedOperator, PlannedState } from '../job/planned-job.js';
import type { PlanStep } from '../plan/plan.js';
import type { StepContext } from '../steps/step.js';
import { elementOf, userKeyOf } from '../types/change-state.js';
import { typeOption } from '../types/parse-types.js';
import type { LoadTypes } from './row-entries.js';

/** A state that entries are loaded into, before they are; and their types. */
export interface LoadTarget {
  readonly state: PlannedState;
  readonly types: LoadTypes;
}

const OPERATOR_KINDS: readonly StateKind[] = ['operator-list', 'union-list', 'broadcast'];
const QUEUE = /^_timer_state\/(?:event|processing)_./;

/** A state that the job does not have yet, of the kind and types that the step says. */
export async function newState(
  context: StepContext,
  operator: PlannedOperator | undefined,
  name: string,
  formats: readonly SnapshotFormat[],
): Promise<LoadTarget> {
  const { step } = context;
  const kind = step.options.kind as StateKind | undefined;
  if (kind === undefined)
    throw step.error([], `there is no state ${JSON.stringify(name)} yet, so its kind is needed`);
  const inOperator = OPERATOR_KINDS.includes(kind);
  if (inOperator) expectAbsent(context, kind, ['key', 'namespace', 'ttl', 'last-used']);
  const key = inOperator ? undefined : await keyType(context, operator, formats);
  const namespace = inOperator ? undefined : await namespaceType(context);
  if (kind === 'timer') return timers(context, name, key!, namespace!);
  const value = await valueType(context, kind);
  const ttl = step.options.ttl === true;
  const types: LoadTypes = { kind, key, namespace, ...partsOf(context, kind, value), ttl };
  return { state: { ...bare(name, kind), ...serializers(types) }, types };
}

/** An existing state that gets more entries: its types are its own, and where the step says them, too, they are the same. */
export async function existingState(
  context: StepContext,
  operator: PlannedOperator,
  state: PlannedState,
  formats: readonly SnapshotFormat[],
): Promise<LoadTarget> {
  await expectSame(context, operator, state, formats);
  const { kind, keySerializer, namespaceSerializer, valueSerializer } = state;
  const timer = kind === 'timer';
  const [key, namespace] = timer ? valueSerializer.nested : [keySerializer, namespaceSerializer];
  const types: LoadTypes = {
    kind,
    key: OPERATOR_KINDS.includes(kind) ? undefined : key,
    namespace: OPERATOR_KINDS.includes(kind) ? undefined : namespace,
    element: timer ? undefined : elementOf(state),
    userKey: userKeyOf(state),
    ttl: hasTtl(state),
  };
  return { state, types };
}

async function expectSame(
  context: StepContext,
  operator: PlannedOperator,
  state: PlannedState,
  formats: readonly SnapshotFormat[],
): Promise<void> {
  const { step } = context;
  const { kind } = state;
  if (step.options.kind !== undefined && step.options.kind !== kind) {
    throw step.error(['kind'], `the state is there already, and its kind is ${kind}`);
  }
  if (step.options.value === undefined) {
    expectAbsent(context, 'which exists', ['namespace', 'ttl']);
    if (step.options.key !== undefined) await keyType(context, operator, formats);
    return;
  }
  const asked: PlanStep = {
    ...step,
    options: { ...step.options, kind, ttl: step.options.ttl ?? hasTtl(state) },
  };
  const { state: wanted } = await newState({ ...context, step: asked }, operator, state.name, formats);
  const difference = differenceOf(state, wanted, formats);
  if (difference === undefined) return;
  throw step.error(['value'], `the state is there already, and ${difference}`, 'leave the types out');
}

function expectAbsent({ step }: StepContext, what: string, names: readonly string[]): void {
  for (const name of names) {
    if (step.options[name] === undefined) continue;
    const reason =
      what === 'which exists'
        ? `the state exists, and its ${name} is its own`
        : `${what} state has no ${name}`;
    throw step.error([name], reason, 'leave it out');
  }
}

async function keyType(
  context: StepContext,
  operator: PlannedOperator | undefined,
  formats: readonly SnapshotFormat[],
): Promise<SerializerSnapshot> {
  const { step } = context;
  const own = operator?.states.find(
    ({ kind, keySerializer }) => keySerializer !== undefined && !OPERATOR_KINDS.includes(kind),
  )?.keySerializer;
  const asked = step.options.key === undefined ? undefined : await typeOption(context, 'key');
  if (own === undefined) {
    if (asked !== undefined) return asked;
    throw step.error([], 'nothing tells the type of the keys', 'write key: TYPE');
  }
  if (asked === undefined || sameSerializer(asked, own, formats)) return own;
  const reason = `the operator has keyed state, whose key is ${printType(own)}, and all its states share it`;
  throw step.error(['key'], reason, 'leave it out');
}

function namespaceType(context: StepContext): Promise<SerializerSnapshot> | SerializerSnapshot {
  return context.step.options.namespace === undefined
    ? wrapType('void-namespace')
    : typeOption(context, 'namespace');
}

async function valueType(context: StepContext, kind: StateKind): Promise<SerializerSnapshot> {
  const { step } = context;
  if (step.options.value !== undefined) return typeOption(context, 'value');
  throw step.error([], `nothing tells the type of the ${kind} state's values`, 'write value: TYPE');
}

function partsOf(
  { step }: StepContext,
  kind: StateKind,
  value: SerializerSnapshot,
): Pick<LoadTypes, 'element' | 'userKey'> {
  if (kind === 'list' || kind === 'operator-list' || kind === 'union-list') {
    const element = elementType(value);
    if (element !== undefined) return { element, userKey: undefined };
    throw step.error(['value'], `the value of ${kind} state is list<TYPE>`);
  }
  if (kind !== 'map' && kind !== 'broadcast') return { element: value, userKey: undefined };
  const [userKey, element] = mapTypes(value) ?? [];
  if (userKey !== undefined) return { element, userKey };
  throw step.error(['value'], `the value of ${kind} state is map<TYPE, TYPE>`);
}

function bare(name: string, kind: StateKind): PlannedState {
  const none = { keySerializer: undefined, namespaceSerializer: undefined, userKeySerializer: undefined };
  return { name, kind, ...none, valueSerializer: wrapType('void'), stateV2: false, feeds: [] };
}

type Serializers = Pick<PlannedState, 'keySerializer' | 'namespaceSerializer' | 'valueSerializer'>;

function serializers({ kind, key, namespace, element, userKey, ttl }: LoadTypes): Serializers {
  const e = element!;
  if (kind === 'broadcast') {
    return { keySerializer: userKey, namespaceSerializer: undefined, valueSerializer: e };
  }
  const keyed = { keySerializer: key, namespaceSerializer: namespace };
  if (OPERATOR_KINDS.includes(kind)) return { ...keyed, valueSerializer: e };
  const carrier = ttl ? wrapType('ttl<e>', { e }) : e;
  if (kind === 'list') return { ...keyed, valueSerializer: wrapType('list<e>', { e: carrier }) };
  if (kind !== 'map') return { ...keyed, valueSerializer: carrier };
  return { ...keyed, valueSerializer: wrapType('map<k, e>', { k: userKey!, e: carrier }) };
}

/** A queue of timers: its name says which time it is about, and which service reads it. */
function timers(
  context: StepContext,
  name: string,
  key: SerializerSnapshot,
  namespace: SerializerSnapshot,
): LoadTarget {
  const { step } = context;
  expectAbsent(context, 'timer', ['value', 'ttl', 'last-used']);
  if (!QUEUE.test(name)) {
    const next =
      'a KeyedProcessFunction has _timer_state/event_user-timers and _timer_state/processing_user-timers';
    throw step.error(['state'], `${JSON.stringify(name)} is no name of a queue of timers`, next);
  }
  const valueSerializer = wrapType('timer<k, n>', { k: key, n: namespace });
  const state = { ...bare(name, 'timer'), keySerializer: key, valueSerializer };
  const types = {
    kind: 'timer' as const,
    key,
    namespace,
    element: undefined,
    userKey: undefined,
    ttl: false,
  };
  return { state, types };
}
