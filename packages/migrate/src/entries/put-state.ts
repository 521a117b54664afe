import { operatorIdOfUid } from '@statewright/savepoint';
import type { PlannedJob, PlannedOperator, PlannedState } from '../job/planned-job.js';
import type { NewPlace } from '../job/select.js';

/** The job with a state more at a place; a new operator has the size of `like`. */
export function putState(
  job: PlannedJob,
  place: NewPlace,
  state: PlannedState,
  like: PlannedOperator,
): PlannedJob {
  const { operator, uid, name } = place;
  const named = { ...state, name };
  if (operator === undefined) {
    const { parallelism, maxParallelism } = like;
    const made: PlannedOperator = {
      source: undefined,
      id: operatorIdOfUid(uid),
      uid,
      name: undefined,
      parallelism,
      maxParallelism,
      states: [named],
    };
    return { ...job, operators: [...job.operators, made] };
  }
  const operators = job.operators.map((one) =>
    one.id === operator.id ? { ...one, states: [...one.states, named] } : one,
  );
  return { ...job, operators };
}

/** The job without a state. An operator that has lost all its state stays. */
export function withoutState(job: PlannedJob, { id }: PlannedOperator, state: PlannedState): PlannedJob {
  const operators = job.operators.map((one) =>
    one.id === id ? { ...one, states: one.states.filter((each) => each !== state) } : one,
  );
  return { ...job, operators };
}
