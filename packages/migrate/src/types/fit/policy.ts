import type { JsonSchema } from '@statewright/compat';
import { type ChangeReport, SKIP_ENTRY } from '../../job/entry-change.js';
import type { PlanStep } from '../../plan/plan.js';
import { cannotConvert } from '../type-change.js';
import { type Fit, Misfit, partName } from './misfit.js';

/** What happens to values that do not fit. */
export interface Policy {
  readonly onMisfit: 'fail' | 'skip' | 'default' | 'clamp';
  readonly onNull: 'keep' | 'fail' | 'skip' | 'default';
  /** The value that `default` means. */
  readonly default: unknown;
}

/** The options of steps that convert values; `default` is read by the step, since it hangs on the type. */
export const POLICY_OPTIONS: { readonly [name: string]: JsonSchema } = {
  policy: {
    enum: ['fail', 'skip', 'default', 'clamp'],
    description:
      'what to do with a value that does not fit: fail; skip the entry (list element, map entry); take the default; clamp to the nearest that fits. Default: fail',
  },
  onNull: {
    enum: ['fail', 'skip', 'default'],
    description: 'what to do with null where the new type is a Java primitive without "?". Default: fail',
  },
  default: { description: 'the value that the policy "default" takes, in the JSON mapping' },
};

/** The policy of a step. `nullable`: null may stay. `readDefault` makes the default value of the new type. */
export function policyOf(step: PlanStep, nullable: boolean, readDefault: (json: unknown) => unknown): Policy {
  const { policy = 'fail', onNull, default: json } = step.options;
  const onMisfit = policy as Policy['onMisfit'];
  if (nullable && onNull !== undefined) {
    throw step.error(['onNull'], 'null may stay null in the new type, so nothing is to be done with it');
  }
  const nulls = nullable ? 'keep' : ((onNull ?? 'fail') as Policy['onNull']);
  const needed = onMisfit === 'default' || nulls === 'default';
  if (needed && json === undefined) {
    throw step.error([onMisfit === 'default' ? 'policy' : 'onNull'], '"default" needs the option default');
  }
  if (!needed && json !== undefined) {
    throw step.error(['default'], 'a default is given, but neither policy nor onNull is "default"');
  }
  return { onMisfit, onNull: nulls, default: needed ? readDefault(json) : undefined };
}

/** Converts a value, null too, by a policy; `what` names it in errors. */
export function fitter(
  fit: Fit,
  policy: Policy,
  what: string,
  report: ChangeReport,
): (value: unknown) => unknown {
  return (value) => {
    if (value === null) return policy.onNull === 'keep' ? null : nullBy(policy, what, report);
    const made = fit(value);
    return made instanceof Misfit ? misfitBy(made, value, policy, what, report) : made;
  };
}

function nullBy({ onNull, default: other }: Policy, what: string, report: ChangeReport): unknown {
  report.count('null');
  if (onNull === 'skip') throw skipped(report);
  if (onNull === 'default') {
    report.count('defaulted');
    return other;
  }
  const next = 'write "?" behind the type if it may be null, or say what to do by onNull';
  throw cannotConvert(what, null, 'which the new type does not take', next);
}

function misfitBy(
  { why, nearest, path, part }: Misfit,
  value: unknown,
  { onMisfit, default: other }: Policy,
  what: string,
  report: ChangeReport,
): unknown {
  report.count('overflow');
  if (onMisfit === 'skip') throw skipped(report);
  if (onMisfit === 'default') {
    report.count('defaulted');
    return other;
  }
  if (onMisfit === 'clamp' && nearest !== undefined) {
    report.count('clamped');
    return nearest;
  }
  const next =
    onMisfit === 'clamp'
      ? 'no value is nearest to it: take another policy'
      : 'say what to do with it by policy';
  throw cannotConvert(partName(what, path), path.length === 0 ? value : part, why, next);
}

function skipped(report: ChangeReport): typeof SKIP_ENTRY {
  report.count('skipped');
  return SKIP_ENTRY;
}
