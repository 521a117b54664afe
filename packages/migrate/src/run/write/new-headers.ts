import type {
  NewHeader as AnyHeader,
  HeaderChange,
  NewState,
  State,
  StateStream,
} from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import type { PlannedOperator, PlannedState } from '../../job/planned-job.js';
import { operatorLabel } from '../../job/select.js';
import { cannotMigrate } from '../resolve-plan.js';
import { isOperatorState, ownSource, statesByIdIn } from './operator-shape.js';

/** Fields of a state that hold serializers. */
export const SERIALIZERS = [
  'keySerializer',
  'namespaceSerializer',
  'valueSerializer',
  'userKeySerializer',
] as const;

/**
 * A planned state as one stream's header will have it. Serializers that the plan leaves alone are those of this very
 * stream, since streams of one state may hold them in other words.
 */
export function newStateIn(state: PlannedState, from: State | undefined, stream: StateStream): NewState {
  const part = from?.parts.find((each) => each.stream === stream);
  const first = from?.parts[0];
  if (part === undefined || first === undefined) return state;
  const own = stream.states[part.stateId]!;
  const model = first.stream.states[first.stateId]!;
  const serializers: { [field in (typeof SERIALIZERS)[number]]?: SerializerSnapshot | undefined } = {};
  for (const field of SERIALIZERS) {
    serializers[field] = state[field] === model[field] ? own[field] : state[field];
  }
  return { ...state, ...serializers } as NewState;
}

/** What becomes of the header of a stream, and the ids of the planned states in the new one. */
export interface NewHeader {
  readonly change: HeaderChange;
  readonly ids: ReadonlyMap<PlannedState, number>;
}

/** The header of a stream that is made from an old one; states of the operator that are of its sort and not in it are added. */
export function newHeaderOf(operator: PlannedOperator, stream: StateStream): NewHeader {
  const byId = statesByIdIn(operator, stream);
  const sort = stream.format === 'operator';
  const own = operator.states.filter((state) => isOperatorState(state) === sort);
  const elsewhere = (state: PlannedState): boolean => ownSource(operator, state) !== undefined;
  const addedStates = own.filter((state) => !byId.includes(state) && !elsewhere(state));
  const ids = new Map<PlannedState, number>();
  for (const broadcast of [false, true]) {
    for (const state of [...byId, ...addedStates]) {
      if (state !== undefined && (state.kind === 'broadcast') === broadcast) ids.set(state, ids.size);
    }
  }
  const states = byId.map((state) => state && newStateIn(state, ownSource(operator, state), stream));
  const keySerializer = sort ? undefined : newKeySerializer(byId, states, stream);
  return { change: { states, added: addedStates, keySerializer }, ids };
}

/** The key's serializer when the plan has another one. */
function newKeySerializer(
  byId: readonly (PlannedState | undefined)[],
  states: readonly (NewState | undefined)[],
  stream: StateStream,
): SerializerSnapshot | undefined {
  for (const [id, state] of byId.entries()) {
    if (state === undefined) continue;
    const now = states[id]!.keySerializer;
    if (now !== undefined && now !== stream.states[id]!.keySerializer) return now;
  }
  return undefined;
}

/** Whether a change leaves ids and sorts of entries as they are, so that only the header is edited. */
export function keepsIds({ states }: HeaderChange): boolean {
  return states.every((state) => state !== undefined);
}

/** A header made from nothing, and the ids of the planned states in it. */
export interface FreshHeader {
  readonly header: AnyHeader;
  readonly ids: ReadonlyMap<PlannedState, number>;
}

/** The header of a keyed stream that is made of several. */
export function freshKeyedHeader(operator: PlannedOperator, compressed: boolean): FreshHeader {
  const states = operator.states.filter((state) => !isOperatorState(state));
  const keySerializer = states.find((state) => state.keySerializer !== undefined)?.keySerializer;
  if (keySerializer === undefined) {
    throw cannotMigrate(
      'keyed state',
      `operator ${operatorLabel(operator)} has keyed state without a key serializer`,
    );
  }
  const header = { type: 'keyed', compressed, keySerializer, states } as const;
  return { header, ids: new Map(states.map((state, id) => [state, id])) };
}

/** Version of the header of operator state that Flink 1.8 and all later ones read. */
const OPERATOR_HEADER = 5;

/** The header of an operator state stream that is made of several. */
export function freshOperatorHeader(
  operator: PlannedOperator,
  template: StateStream | undefined,
): FreshHeader {
  const own = operator.states.filter(isOperatorState);
  const states = [
    ...own.filter(({ kind }) => kind !== 'broadcast'),
    ...own.filter(({ kind }) => kind === 'broadcast'),
  ];
  const version = template?.headerVersion ?? OPERATOR_HEADER;
  const header = { type: 'operator', version, compressed: template?.compressed ?? false, states } as const;
  return { header, ids: new Map(states.map((state, id) => [state, id])) };
}
