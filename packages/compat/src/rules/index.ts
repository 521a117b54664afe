import { CHECK_RULES } from './check/index.js';
import { LINT_RULES } from './lint/index.js';
import { POLICY_RULES } from './policy/index.js';
import type { RuleRow } from './rule.js';

/** Every rule: what `explain`, the docs and a config know. */
export const RULES: readonly RuleRow[] = [
  ...CHECK_RULES.map(({ row }) => row),
  ...LINT_RULES.map(({ row }) => row),
  ...POLICY_RULES,
];
