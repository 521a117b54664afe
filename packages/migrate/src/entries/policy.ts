import { StatewrightError } from '@statewright/bytes';
import type { JsonSchema } from '@statewright/compat';
import type { ChangeReport } from '../job/entry-change.js';
import type { PlanStep } from '../plan/plan.js';
import type { FromJson } from './from-json.js';

/** What happens to a value that does not fit. */
export interface Policy {
  readonly name: 'fail' | 'skip' | 'default' | 'clamp';
  /** The decoded value of the option `default`. */
  readonly default: unknown;
}

/** `policy` and `default` of steps that make values. */
export const POLICY_OPTIONS: { readonly [name: string]: JsonSchema } = {
  policy: {
    enum: ['fail', 'skip', 'default', 'clamp'],
    description:
      'a value that cannot be made or does not fit: fail (default); skip: it is left out; default: the value of that option; clamp: a number becomes the nearest that fits, any other fails',
  },
  default: { description: 'value for policy default, in the JSON of export' },
};

/** Reads `policy` and `default`; `read` makes values of the new type. */
export function policyOf(step: PlanStep, read: FromJson): Policy {
  const { policy = 'fail', default: json } = step.options;
  const name = policy as Policy['name'];
  if (name !== 'default') {
    if (json === undefined) return { name, default: undefined };
    throw step.error(['default'], `a default is given, but the policy is ${name}`, 'write policy: default');
  }
  if (json === undefined) throw step.error(['policy'], 'the policy is default, but no default is given');
  try {
    return { name, default: read(json) };
  } catch (error) {
    if (!(error instanceof StatewrightError)) throw error;
    throw step.error(['default'], error.reason, error.next);
  }
}

/** Stands for a value that is left out. */
export const LEFT_OUT: unique symbol = Symbol('left out');

/** What `make` gives; where it throws that a value does not fit, what the policy says in its place, counted. */
export function underPolicy(policy: Policy, report: ChangeReport, make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    if (policy.name === 'fail' || policy.name === 'clamp' || !(error instanceof StatewrightError))
      throw error;
    if (policy.name === 'skip') {
      report.count('skipped');
      return LEFT_OUT;
    }
    report.count('defaulted');
    return policy.default;
  }
}
