import type { Operator, Savepoint, State } from '@statewright/savepoint';
import type { PlannedJob, PlannedOperator, PlannedState } from './planned-job.js';

/** A snapshot as a plan without steps leaves it. */
export function plannedJobOf(savepoint: Savepoint): PlannedJob {
  return { savepoint, operators: savepoint.operators.map(operatorOf), location: undefined };
}

function operatorOf(source: Operator): PlannedOperator {
  const { id, uid, name, parallelism, maxParallelism } = source;
  return { source, id, uid, name, parallelism, maxParallelism, states: source.states.map(stateOf) };
}

function stateOf(from: State): PlannedState {
  const { name, kind, keySerializer, namespaceSerializer, valueSerializer } = from;
  const [part] = from.parts;
  const as = part?.stream.states[part.stateId];
  return {
    name,
    kind,
    keySerializer,
    namespaceSerializer,
    valueSerializer,
    userKeySerializer: as?.userKeySerializer,
    stateV2: as?.stateV2 ?? false,
    feeds: [{ type: 'state', from, changes: [] }],
  };
}

/** The job with one operator in place of another. */
export function withOperator(job: PlannedJob, old: PlannedOperator, now: PlannedOperator): PlannedJob {
  return { ...job, operators: job.operators.map((each) => (each === old ? now : each)) };
}

/** The job with one state of an operator in place of another. */
export function withState(
  job: PlannedJob,
  operator: PlannedOperator,
  old: PlannedState,
  now: PlannedState,
): PlannedJob {
  const states = operator.states.map((each) => (each === old ? now : each));
  return withOperator(job, operator, { ...operator, states });
}
