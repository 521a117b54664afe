import { closest } from '@statewright/inspect';
import { changedStates } from './earlier.js';
import type { OperatorFacts, StateFacts } from './facts.js';

/** A state that is gone, and the new one that may be it under another name. */
export interface LostState {
  readonly lost: StateFacts;
  /** Undefined where no new state has the same kind and types. */
  readonly likely: StateFacts | undefined;
}

/** The states that an operator has lost, each with its likely new name: same kind, same types, the most alike name. */
export function lostStates(before: OperatorFacts, now: OperatorFacts): LostState[] {
  const { lost, gained } = changedStates(before, now);
  const free = new Set(gained);
  return lost.map((one) => {
    const alike = [...free].filter((other) => typeKey(other) === typeKey(one));
    const [name] = closest(
      one.state.name,
      alike.map(({ state }) => state.name),
      1,
    );
    const likely = alike.find(({ state }) => state.name === name) ?? alike[0];
    if (likely !== undefined) free.delete(likely);
    return { lost: one, likely };
  });
}

function typeKey({ state, schema }: StateFacts): string {
  const { key, namespace, value } = schema.text;
  return JSON.stringify([state.kind, state.ttl, key, namespace, value]);
}
