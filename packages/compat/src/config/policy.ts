import type { Level, Severity } from '../finding.js';
import type { InlineIgnore, SourcePlace } from '../schema/job-schema.js';
import type { Baseline } from './baseline.js';

/** What a config says of one rule. */
export interface RuleSetting {
  /** Undefined: the rule's own. */
  readonly severity: Severity | 'off' | undefined;
  /** By name; bytes, milliseconds or the plain number. */
  readonly thresholds: ReadonlyMap<string, number>;
}

/** An exception: findings of one rule in one place do not count. */
export interface ScopedIgnore {
  readonly by: 'config' | 'inline';
  readonly rule: string;
  /** What `pattern` is compared with: a finding's state, operator or path. */
  readonly scope: 'state' | 'operator' | 'path';
  readonly pattern: string;
  /** A config's pattern may have wildcards, the address of an inline one has none. */
  readonly glob: boolean;
  readonly reason: string;
  /** Last day, `YYYY-MM-DD`; undefined: no end. */
  readonly until: string | undefined;
  readonly place: SourcePlace;
}

/** What counts, how much, and what is excused: a config, the command line and a contract together. */
export interface Policy {
  readonly level: Level;
  /** Findings of this severity and above fail. */
  readonly failOn: Severity | 'never';
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly ignores: readonly ScopedIgnore[];
  readonly baseline: Baseline | undefined;
}

/** An exception that a contract writes beside the operator (then for all its states too) or state at `address`. */
export function inlineIgnore(
  ignore: InlineIgnore,
  scope: 'state' | 'operator',
  address: string,
): ScopedIgnore {
  return { by: 'inline', scope, pattern: address, glob: false, ...ignore };
}

/** The number that a policy has for a rule's threshold: the config's, else the rule's default. */
export function thresholdOf(
  policy: Pick<Policy, 'rules'>,
  rule: {
    readonly id: string;
    readonly thresholds?: readonly { readonly name: string; readonly default: number }[];
  },
  name: string,
): number {
  const set = policy.rules.get(rule.id)?.thresholds.get(name);
  return set ?? rule.thresholds?.find((one) => one.name === name)?.default ?? 0;
}
