import { StatewrightError } from '@statewright/bytes';
import type { Finding } from '../finding.js';
import type { StateVerdictView } from '../views.js';
import { type CheckRules, findFindings } from './find-findings.js';
import { hasState, pairJob } from './pair-job.js';
import type { CheckInput, JobPair } from './pairs.js';
import { type Resolver, remembering } from './resolver.js';
import { stateVerdicts } from './state-verdict.js';

/** What a check gives, before a policy is applied. */
export interface CheckResult {
  readonly job: JobPair;
  /** Of every state of either side. */
  readonly states: readonly StateVerdictView[];
  readonly findings: readonly Finding[];
}

/**
 * Compares the states of an old job with those of a new one as Flink of the target release would, and with all that Flink
 * does not say. USAGE when the two have nothing in common: then the new one is another job.
 */
export function checkWith(input: CheckInput, rules: CheckRules, resolver: Resolver): CheckResult {
  const job = pairJob(input, remembering(resolver));
  requireSameJob(job);
  return { job, states: stateVerdicts(job), findings: findFindings(job, rules) };
}

/** The same operator on both sides, or one that is likely to be it. */
function requireSameJob({ operators, old, now }: JobPair): void {
  if (!old.operators.some(hasState)) return;
  const related = operators.some(
    (one) => (one.old !== undefined && one.now !== undefined) || one.likely !== undefined,
  );
  if (related) return;
  const [before, after] = [old.operators.filter(hasState).length, now.operators.length];
  throw new StatewrightError('USAGE', {
    kind: now.source.kind === 'contract' ? 'state contract' : 'snapshot',
    reason: `none of the ${before} operators with state in "${old.source.path}" is among the ${after} of "${now.source.path}", nor any like them: it belongs to another job`,
    next: 'compare with the contract or snapshot of the same job',
  });
}
