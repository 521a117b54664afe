import type { Graded } from '../rules/check/check-rule.js';
import type { OperatorPair, StatePair } from './pairs.js';

/**
 * That an operator has states which no header tells: what became of them nobody can tell. Subtasks that say the same of it count
 * once. Nothing where the new job lacks the operator: then all of it is lost.
 */
export function hiddenStates({ address, old, now }: OperatorPair): readonly Graded[] {
  if (old === undefined || now === undefined) return [];
  const sides = [
    { side: 'the old snapshot', hidden: old.hidden ?? [] },
    { side: 'the new side', hidden: now.hidden === old.hidden ? [] : (now.hidden ?? []) },
  ];
  return sides.flatMap(({ side, hidden }) => {
    const byReason = new Map(hidden.map((one) => [`${one.count} ${one.why}`, one]));
    return [...byReason.values()].map(({ count, why, place }): Graded => {
      const states =
        count === undefined ? 'states of an unknown number' : `${count} ${count === 1 ? 'state' : 'states'}`;
      const at = side === 'the new side' ? { now: place } : { before: place };
      return {
        operator: address,
        path: `${address} > states behind an unknown serializer`,
        reason: `${side} holds ${states} that its header does not tell: ${why}`,
        next: 'give a reader for the class with --snapshot, or try the restore with the real job',
        ...at,
        facts: [side, why],
      };
    });
  });
}

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
