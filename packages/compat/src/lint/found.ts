import type { Found } from '../rules/make-finding.js';
import type { OperatorFacts, StateFacts } from './facts.js';

/** What a rule adds to the place that it is about. */
type Said = Pick<Found, 'reason' | 'next' | 'before' | 'facts'> & {
  /** Behind the address: `value > field tags`; absent for the whole. */
  readonly inside?: string | undefined;
};

/** A finding about a state, or about a part of its types. */
export function atState({ operator, address, place }: StateFacts, { inside, ...said }: Said): Found {
  const path = inside === undefined ? address : `${address} > ${inside}`;
  return { operator: operatorOf(operator), state: address, path, now: place, ...said };
}

/** A finding about an operator, or about a part of it that its states share. */
export function atOperator({ address, place }: OperatorFacts, { inside, ...said }: Said): Found {
  const path = inside === undefined ? address : `${address} > ${inside}`;
  return { operator: address, path, now: place, ...said };
}

function operatorOf({ uid, name, id }: StateFacts['operator']): string {
  return uid ?? name ?? id;
}
