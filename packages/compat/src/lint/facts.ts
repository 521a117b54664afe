import type { Describe, StateStats } from '@statewright/inspect';
import type { Operator, Savepoint, State } from '@statewright/savepoint';

/** What lint rules look at. */
export interface LintFacts {
  readonly savepoint: Savepoint;
  readonly describe: Describe;
}

/** A state with what is known of it. */
export interface StateFacts {
  readonly operator: Operator;
  readonly state: State;
  readonly stats: StateStats | undefined;
}
