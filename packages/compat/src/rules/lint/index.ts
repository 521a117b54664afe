import type { LintRule } from './lint-rule.js';

/** All rules of `lint`, in the order of the docs. */
export const LINT_RULES: readonly LintRule[] = [];
