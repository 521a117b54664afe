import type { Operator } from '@statewright/savepoint';
import type { PlannedJob, PlannedOperator } from './planned-job.js';

/**
 * The job without operators that hold nothing, when the max parallelism of one changes. Flink compares the max parallelism
 * of every operator that a snapshot names, be it a sink without any state that is chained to the changed one, and refuses
 * the job (`Checkpoints#loadAndValidateCheckpoint`, Flink 1.20 and 2.3); an operator that it does not find is new to it.
 */
export function withoutEmptyOperators(job: PlannedJob): PlannedJob {
  const regrouped = job.operators.some(
    ({ source, maxParallelism }) => source !== undefined && source.maxParallelism !== maxParallelism,
  );
  return regrouped ? { ...job, operators: job.operators.filter((each) => !isEmpty(each)) } : job;
}

function isEmpty({ source, states }: PlannedOperator): boolean {
  return states.length === 0 && source !== undefined && holdsNothing(source);
}

function holdsNothing(operator: Operator): boolean {
  const { states, streams, fullyFinished, finishedSubtasks, coordinatorState, channelState } = operator;
  if (fullyFinished || finishedSubtasks > 0 || coordinatorState !== undefined) return false;
  return states.length === 0 && streams.length === 0 && channelState.handles === 0;
}
