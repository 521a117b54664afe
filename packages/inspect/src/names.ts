import type { Operator, State } from '@statewright/savepoint';

/** How an operator is addressed: its uid, else its name, else its hash. */
export function operatorAddress(operator: Operator): string {
  return operator.uid ?? operator.name ?? operator.id;
}

/** How a state is addressed: `OPERATOR/STATE`; and an operator: its uid, else its name, else its hash. */
export function addressOf(place: State | Operator): string {
  return 'operator' in place ? `${operatorAddress(place.operator)}/${place.name}` : operatorAddress(place);
}
