import type { OperatorSchema } from '../schema/job-schema.js';
import type { JobPair } from './pairs.js';

const LEAST = 128;
const MOST = 32_768;

/**
 * The max parallelism that Flink derives for an operator of a snapshot where the job sets none: half as much again as its
 * parallelism, rounded up to a power of two, from 128 to 32,768. Undefined for a contract: what it says is set. Follows
 * `KeyGroupRangeAssignment#computeDefaultMaxParallelism`, Flink 1.20 and 2.3.
 */
export function derivedMaxParallelism({ now }: JobPair, { parallelism }: OperatorSchema): number | undefined {
  if (now.source.kind !== 'snapshot' || parallelism === undefined) return undefined;
  const wanted = parallelism + Math.floor(parallelism / 2);
  let power = 1;
  while (power < wanted) power *= 2;
  return Math.min(Math.max(power, LEAST), MOST);
}
