import type { SerializerSnapshot } from '@statewright/serializers';
import type { JobSchema, OperatorSchema, StateDeclaration } from '../schema/job-schema.js';
import type { Target } from '../verdict.js';
import { likelyOperators, nameOfOperator } from './likely-operators.js';
import { pairStates } from './pair-states.js';
import type { CheckInput, JobPair, OperatorPair } from './pairs.js';
import type { Resolver } from './resolver.js';
import { lastVersionOf } from './versions.js';

/**
 * Pairs the operators of a job by id, as `StateAssignmentOperation` (Flink 1.20 and 2.3) does, and their states. A new side
 * that an earlier major release wrote, or the old side alone, is taken as that job on the target release.
 */
export function pairJob(input: CheckInput, resolver: Resolver): JobPair {
  const { old, target } = input;
  const now = onTarget(input.now ?? old, target, resolver);
  const counterparts = new Map(now.operators.map((operator) => [operator.id, operator]));
  const known = new Set(old.operators.map(({ id }) => id));
  const lost = old.operators.filter(({ id }) => !counterparts.has(id));
  const found = now.operators.filter(({ id }) => !known.has(id));
  const likely = likelyOperators(lost.filter(hasState), found.filter(hasState));
  const was = new Map([...likely].map(([one, { operator }]) => [operator, nameOfOperator(one)]));
  const pair = (one: OperatorSchema | undefined, other: OperatorSchema | undefined): OperatorPair => {
    const address = addressOf(one, other);
    return {
      address,
      old: one,
      now: other,
      likely: one === undefined ? undefined : likely.get(one),
      likelyWas: one !== undefined || other === undefined ? undefined : was.get(other),
      states: pairStates(address, one, other, target, resolver),
    };
  };
  const operators = [
    ...old.operators.map((operator) => pair(operator, counterparts.get(operator.id))),
    ...found.map((operator) => pair(undefined, operator)),
  ];
  return { ...input, now, predicted: input.now === undefined, operators };
}

/** Whether an operator holds anything that Flink refuses to lose. */
export function hasState({ states, hasOtherState }: OperatorSchema): boolean {
  return states.length > 0 || hasOtherState;
}

/** A snapshot before 2.0 knows no uid: the other side may. */
function addressOf(old: OperatorSchema | undefined, now: OperatorSchema | undefined): string {
  return old?.uid ?? now?.uid ?? nameOfOperator((old ?? now)!);
}

function onTarget(job: JobSchema, target: Target, resolver: Resolver): JobSchema {
  const written = lastVersionOf(job.source);
  if (written === undefined || written.major >= target.version.major) return job;
  const operators = job.operators.map((operator) => ({
    ...operator,
    states: operator.states.map((state) => predicted(state, target, resolver)),
  }));
  return { ...job, operators };
}

function predicted(state: StateDeclaration, target: Target, resolver: Resolver): StateDeclaration {
  const predict = (snapshot: SerializerSnapshot | undefined) =>
    snapshot === undefined ? undefined : resolver.predict(snapshot, target);
  return {
    ...state,
    key: predict(state.key),
    namespace: predict(state.namespace),
    value: resolver.predict(state.value, target),
    userKey: predict(state.userKey),
  };
}
