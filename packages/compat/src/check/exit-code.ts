import type { Judgement } from '../config/judge.js';
import type { RuleRow } from '../rules/rule.js';

/** What a judged check ends with: 20 where Flink refuses, 21 where values are lost or nobody can tell, 0 else. */
export type CheckExitCode = 0 | 20 | 21;

/** The exit code of a check; `undecided` are the rules that say that nobody can tell. */
export function checkExitCode(
  { failing }: Pick<Judgement, 'failing'>,
  undecided: ReadonlySet<RuleRow['id']>,
): CheckExitCode {
  if (failing.some(({ level, rule }) => level === 'restore' && !undecided.has(rule))) return 20;
  return failing.length > 0 ? 21 : 0;
}
