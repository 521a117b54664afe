import type { OperatorSchema } from '../schema/job-schema.js';
import { hasState } from './pair-job.js';
import type { JobPair, OperatorPair } from './pairs.js';

const LEAST = 128;
const MOST = 32_768;

/**
 * The max parallelism that Flink derives for an operator of a snapshot where the job sets none: half as much again as its
 * parallelism, rounded up to a power of two, from 128 to 32,768. Undefined for a contract: what it says is set. Follows
 * `KeyGroupRangeAssignment#computeDefaultMaxParallelism`, Flink 1.20 and 2.3.
 */
function derivedMaxParallelism({ now }: JobPair, { parallelism }: OperatorSchema): number | undefined {
  if (now.source.kind !== 'snapshot' || parallelism === undefined) return undefined;
  const wanted = parallelism + Math.floor(parallelism / 2);
  let power = 1;
  while (power < wanted) power *= 2;
  return Math.min(Math.max(power, LEAST), MOST);
}

/** Two max parallelisms that differ, and whether the new one may be derived. */
export interface MaxParallelismChange {
  readonly before: number;
  readonly after: number;
  readonly derived: boolean;
  /** Subtasks of the new job, where there are more of them than key groups: refused whatever the max parallelism is. */
  readonly tooMany: number | undefined;
}

/**
 * How the max parallelism of an operator changed. Flink compares it for every operator of a snapshot; those without state are
 * left out as long as one with state tells the same.
 */
export function maxParallelismChange(pair: OperatorPair, job: JobPair): MaxParallelismChange | undefined {
  const change = changeOf(pair, job);
  if (change === undefined || pair.old === undefined || hasState(pair.old)) return change;
  const told = job.operators.some(
    (other) => other.old !== undefined && hasState(other.old) && changeOf(other, job) !== undefined,
  );
  return told ? undefined : change;
}

function changeOf({ old, now }: OperatorPair, job: JobPair): MaxParallelismChange | undefined {
  const [before, after] = [old?.maxParallelism, now?.maxParallelism];
  if (now === undefined || before === undefined || after === undefined || before === after) return undefined;
  // More subtasks than key groups is refused, derived or not (`StateAssignmentOperation#checkParallelismPreconditions`).
  const fits = now.parallelism === undefined || now.parallelism <= before;
  const derived = fits && after === derivedMaxParallelism(job, now);
  return { before, after, derived, tooMany: fits ? undefined : now.parallelism };
}
