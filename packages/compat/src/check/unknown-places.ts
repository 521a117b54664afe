import type { Graded } from '../rules/check/check-rule.js';
import type { OperatorPair, StatePair } from './pairs.js';

/** What of a state nobody can tell and no note of the comparison speaks of. */
export function unknownPlaces(state: StatePair, { address }: OperatorPair): readonly Graded[] {
  const { old, now, places, kindsDiffer } = state;
  if (old === undefined || now === undefined || kindsDiffer) return [];
  const said = (path: string, reason: string): Graded => ({
    operator: address,
    state: state.address,
    path,
    reason,
    next: 'try the restore with the real job',
    before: old.place,
    now: now.place,
    facts: [reason],
  });
  if (old.stateV2 !== now.stateV2) {
    return [said(state.address, 'one side uses the State V2 API and the other does not')];
  }
  if (places.length === 0) return [said(state.address, 'the two sides tell no type in common')];
  return places
    .filter(({ resolution }) => resolution.restores === 'unknown')
    .filter(({ resolution }) => resolution.notes.every(({ verdict }) => verdict !== 'UNKNOWN'))
    .map(({ label }) =>
      said(`${state.address} > ${label}`, `nobody can tell whether Flink takes the ${label}`),
    );
}
