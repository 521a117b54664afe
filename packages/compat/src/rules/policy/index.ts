import type { RuleRow } from '../rule.js';
import { BASELINE_FIXED } from './baseline-fixed.js';
import { IGNORE_EXPIRED } from './ignore-expired.js';
import { IGNORE_UNUSED } from './ignore-unused.js';

export { BASELINE_FIXED, IGNORE_EXPIRED, IGNORE_UNUSED };

/** What `judge` itself finds: exceptions and baselines that are out of date. */
export const POLICY_RULES: readonly RuleRow[] = [IGNORE_EXPIRED, IGNORE_UNUSED, BASELINE_FIXED];
