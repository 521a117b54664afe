import { judge } from '../config/judge.js';
import { type Policy, thresholdOf } from '../config/policy.js';
import type { Finding } from '../finding.js';
import { LEVELS } from '../finding.js';
import { LINT_RULES } from '../rules/lint/index.js';
import type { LintRule } from '../rules/lint/lint-rule.js';
import { makeFinding } from '../rules/make-finding.js';
import { POLICY_RULES } from '../rules/policy/index.js';
import type { LintView } from '../views.js';
import { type LintFacts, statesOf } from './facts.js';
import type { Depth } from './gather-facts.js';

/** The exit code of findings that `failOn` does not let pass. */
const LOSSY = 21;

/** What `lint` finds in measured facts, judged by a policy; `today` is `YYYY-MM-DD`. */
export function lintView(
  facts: LintFacts,
  policy: Policy,
  today: string,
  depth: Depth,
  table: readonly LintRule[] = LINT_RULES,
): LintView {
  const asked = table.filter(({ row, needs }) => isWanted(row.level, policy) && isMet(needs, facts, depth));
  const found = asked.flatMap((rule) => findingsOf(rule, facts, policy));
  const ran = asked.map(({ row }) => row);
  const { findings, counts, failing } = judge(found, policy, today, ran);
  const named = new Set(findings.map(({ rule }) => rule));
  const [worst] =
    failing.length > 0 ? failing : findings.filter(({ suppressed }) => suppressed === undefined);
  return {
    schemaVersion: 1,
    view: 'lint',
    snapshot: facts.snapshot,
    level: policy.level,
    failOn: policy.failOn,
    findings,
    counts,
    rules: [...table.map(({ row }) => row), ...POLICY_RULES].filter(({ id }) => named.has(id)),
    exitCode: failing.length > 0 ? LOSSY : 0,
    next: worst === undefined ? '' : `statewright explain ${worst.rule}`,
    since: facts.since?.snapshot ?? null,
    looked: { operators: facts.operators.length, states: statesOf(facts).length },
  };
}

function isWanted(level: Finding['level'], policy: Policy): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(policy.level);
}

function isMet(needs: LintRule['needs'], facts: LintFacts, depth: Depth): boolean {
  switch (needs) {
    case 'schema':
      return true;
    case 'values':
      return depth !== 'schema';
    case 'since':
      return facts.since !== undefined;
    case 'flink-config':
      return facts.flinkConfig !== undefined;
  }
}

function findingsOf({ row, find }: LintRule, facts: LintFacts, policy: Policy): Finding[] {
  if (policy.rules.get(row.id)?.severity === 'off') return [];
  return [...find(facts, (name) => thresholdOf(policy, row, name))].map((found) => makeFinding(row, found));
}
