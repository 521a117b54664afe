import { isKeyed, type LintFacts, type OperatorFacts, type StateFacts } from './facts.js';

/** The operator of the same id in the earlier snapshot. */
export function earlierOperator(facts: LintFacts, { operator }: OperatorFacts): OperatorFacts | undefined {
  return facts.since?.operators.find((one) => one.operator.id === operator.id);
}

/** The state of the same operator and name in the earlier snapshot. */
export function earlierState(facts: LintFacts, state: StateFacts): StateFacts | undefined {
  const operator = facts.since?.operators.find((one) => one.operator.id === state.operator.id);
  return operator?.states.find((one) => sameState(one, state));
}

/** States that only the earlier snapshot of an operator has, and states that only the later one has; no timers. */
export function changedStates(
  before: OperatorFacts,
  now: OperatorFacts,
): { readonly lost: readonly StateFacts[]; readonly gained: readonly StateFacts[] } {
  const only = (these: OperatorFacts, those: OperatorFacts) =>
    these.states.filter(
      (one) => one.state.kind !== 'timer' && !those.states.some((each) => sameState(each, one)),
    );
  return { lost: only(before, now), gained: only(now, before) };
}

/** Keyed state, timers and operator state may share a name. */
function sameState({ state: a }: StateFacts, { state: b }: StateFacts): boolean {
  return a.name === b.name && isKeyed(a) === isKeyed(b) && (a.kind === 'timer') === (b.kind === 'timer');
}
