import type { OperatorSchema, StateDeclaration } from '../schema/job-schema.js';
import type { Target } from '../verdict.js';
import { likelyStates, type Placed } from './likely-states.js';
import type { StatePair } from './pairs.js';
import { placePairs } from './place-pairs.js';
import type { Resolver } from './resolver.js';
import { kindsDiffer, type Space, spaceOf } from './spaces.js';

const SPACES: readonly Space[] = ['keyed', 'timer', 'list', 'broadcast'];

/** Pairs the states of an operator by name space and name: the old ones in their order, then those that are new. */
export function pairStates(
  address: string,
  old: OperatorSchema | undefined,
  now: OperatorSchema | undefined,
  target: Target,
  resolver: Resolver,
): readonly StatePair[] {
  const before = old?.states ?? [];
  const after = now?.states ?? [];
  const counterparts = new Map(withBothQueues(after).map((state) => [keyOf(state), state]));
  const known = new Set(before.map(keyOf));
  const lost = placed(before).filter(({ state }) => !counterparts.has(keyOf(state)));
  const found = placed(after).filter(({ state }) => !known.has(keyOf(state)));
  const likely = new Map(
    SPACES.flatMap((space) => {
      const inSpace = ({ state }: Placed) => spaceOf(state) === space;
      return [...likelyStates(lost.filter(inSpace), found.filter(inSpace), target, resolver)];
    }),
  );
  const was = new Map([...likely].map(([state, { state: other }]) => [other, state.name]));
  const pair = (one: StateDeclaration | undefined, other: StateDeclaration | undefined): StatePair => ({
    address: `${address}/${(one ?? other)!.name}`,
    old: one,
    now: other,
    likely: one === undefined ? undefined : likely.get(one),
    likelyWas: one !== undefined || other === undefined ? undefined : was.get(other),
    mayBeHidden: hides(one === undefined ? old : other === undefined ? now : undefined),
    kindsDiffer: one !== undefined && other !== undefined && kindsDiffer(one, other),
    places: one === undefined || other === undefined ? [] : placePairs(one, other, target, resolver),
  });
  return [
    ...before.map((state) => pair(state, counterparts.get(keyOf(state)))),
    ...found.map(({ state }) => pair(undefined, state)),
  ];
}

function hides(operator: OperatorSchema | undefined): boolean {
  return (operator?.hidden ?? []).length > 0;
}

function placed(states: readonly StateDeclaration[]): readonly Placed[] {
  return states.map((state, position) => ({ state, position }));
}

function keyOf(state: StateDeclaration): string {
  return `${spaceOf(state)}:${state.name}`;
}

const QUEUE = /^(_timer_state\/)(processing|event)(_.*)$/s;

/**
 * A timer service has a queue for each time domain and makes both at once (`InternalTimeServiceManagerImpl`, Flink 1.20 and
 * 2.3): a snapshot may hold only one of them.
 */
function withBothQueues(states: readonly StateDeclaration[]): readonly StateDeclaration[] {
  const queues = states.filter(({ kind }) => kind === 'timer');
  const others = queues.flatMap((queue): StateDeclaration[] => {
    const [, prefix, domain, suffix] = QUEUE.exec(queue.name) ?? [];
    if (prefix === undefined) return [];
    const name = `${prefix}${domain === 'event' ? 'processing' : 'event'}${suffix}`;
    return queues.some((queued) => queued.name === name) ? [] : [{ ...queue, name }];
  });
  return [...states, ...others];
}
