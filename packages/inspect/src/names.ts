import type { Operator, State } from '@statewright/savepoint';

/** How an operator is addressed: its uid, else its name, else its hash. */
export function operatorAddress(operator: Operator): string {
  return operator.uid ?? operator.name ?? operator.id;
}

/** How a state is addressed: `OPERATOR/STATE`. */
export function addressOf(state: State): string {
  return `${operatorAddress(state.operator)}/${state.name}`;
}
