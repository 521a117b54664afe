import { closest } from '@statewright/inspect';
import type { OperatorSchema } from '../schema/job-schema.js';
import type { Likely } from './pairs.js';
import { kindsDiffer, spaceOf } from './spaces.js';

interface Candidate {
  readonly lost: OperatorSchema;
  readonly found: OperatorSchema;
  /** How many of the lost operator's states the other has, by name and kind. */
  readonly shared: number;
  readonly similar: boolean;
}

/** How an operator is called: its uid, else its name, else its hash. */
export function nameOfOperator({ uid, name, id }: OperatorSchema): string {
  return uid ?? name ?? id;
}

/**
 * For operators that the new job lacks, which new one each is likely to be: one that has at least half of its states, by name
 * and kind. Most shared states first, then a similar name. Each new operator is proposed once.
 */
export function likelyOperators(
  lost: readonly OperatorSchema[],
  found: readonly OperatorSchema[],
): ReadonlyMap<OperatorSchema, Likely & { readonly operator: OperatorSchema }> {
  const candidates = lost
    .flatMap((one) => found.map((other) => candidate(one, other)))
    .filter(({ lost: { states }, shared }) => shared > 0 && shared * 2 >= states.length)
    .sort((a, b) => b.shared - a.shared || Number(b.similar) - Number(a.similar));
  const result = new Map<OperatorSchema, Likely & { readonly operator: OperatorSchema }>();
  const taken = new Set<OperatorSchema>();
  for (const one of candidates) {
    if (result.has(one.lost) || taken.has(one.found)) continue;
    taken.add(one.found);
    const operator = one.found;
    result.set(one.lost, { name: nameOfOperator(operator), because: because(one), operator });
  }
  return result;
}

function candidate(lost: OperatorSchema, found: OperatorSchema): Candidate {
  const shared = lost.states.filter((state) =>
    found.states.some(
      (other) => other.name === state.name && spaceOf(other) === spaceOf(state) && !kindsDiffer(state, other),
    ),
  ).length;
  const similar = closest(nameOfOperator(lost), [nameOfOperator(found)], 1).length > 0;
  return { lost, found, shared, similar };
}

function because({ lost, shared, similar }: Candidate): string {
  const states = lost.states.length;
  const what =
    shared < states
      ? `has ${shared} of its ${states} states`
      : states === 1
        ? 'has a state of the same name and kind'
        : `has all ${states} of its states`;
  return similar ? `${what} and a similar name` : what;
}
