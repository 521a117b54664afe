import { type Finding, LEVELS, SEVERITIES, type Severity, type Suppression } from '../finding.js';
import { makeFinding } from '../rules/make-finding.js';
import { BASELINE_FIXED, IGNORE_EXPIRED, IGNORE_UNUSED, POLICY_RULES } from '../rules/policy/index.js';
import type { RuleRow } from '../rules/rule.js';
import type { FindingCounts } from '../views.js';
import type { BaselineEntry } from './baseline.js';
import { matchesGlob } from './glob.js';
import type { Policy, ScopedIgnore } from './policy.js';

/** What a policy makes of findings. */
export interface Judgement {
  /** With the policy's severities; those that count first, worst first, then by path; the suppressed ones last. */
  readonly findings: readonly Finding[];
  readonly counts: FindingCounts;
  /** Those that count and are as bad as `failOn` or worse. */
  readonly failing: readonly Finding[];
}

/**
 * Applies a policy: leaves out rules that are off or of a later level, sets severities, marks what an exception or the
 * baseline excuses, and adds what is to be said of the exceptions themselves. `today` is `YYYY-MM-DD`; `ran` are the rules
 * that were asked, so that an exception of any other is not called unused.
 */
export function judge(
  findings: readonly Finding[],
  policy: Policy,
  today: string,
  ran: readonly RuleRow[],
): Judgement {
  const used = new Set<ScopedIgnore>();
  const inForce = policy.ignores.filter((ignore) => !isExpired(ignore, today));
  const known = new Set(policy.baseline?.entries.map((entry) => entry.fingerprint));
  const counted = findings.filter((finding) => isWanted(finding, policy)).map((one) => graded(one, policy));
  const marked = counted.map((finding) => suppress(finding, inForce, used, known, policy));
  const about = aboutPolicy(policy, today, { used, inForce, found: counted, ran });
  const own = about.filter((finding) => isWanted(finding, policy)).map((one) => graded(one, policy));
  const all = [...marked, ...own].sort(worstFirst);
  const active = all.filter(({ suppressed }) => suppressed === undefined);
  const { failOn } = policy;
  return {
    findings: all,
    counts: countsOf(all),
    failing: failOn === 'never' ? [] : active.filter(({ severity }) => rank(severity) >= rank(failOn)),
  };
}

/** How many findings of each severity count, and how many are suppressed. */
function countsOf(findings: readonly Finding[]): FindingCounts {
  const count = (severity: Severity) =>
    findings.filter((one) => one.suppressed === undefined && one.severity === severity).length;
  const suppressed = findings.filter((one) => one.suppressed !== undefined).length;
  return { error: count('error'), warning: count('warning'), note: count('note'), suppressed };
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** What is wrong with the exceptions themselves is said at every level. */
function isWanted({ rule, level }: Pick<Finding, 'rule' | 'level'>, policy: Policy): boolean {
  if (policy.rules.get(rule)?.severity === 'off') return false;
  return POLICY_IDS.has(rule) || LEVELS.indexOf(level) <= LEVELS.indexOf(policy.level);
}

const POLICY_IDS: ReadonlySet<string> = new Set(POLICY_RULES.map(({ id }) => id));

function graded(finding: Finding, policy: Policy): Finding {
  const severity = policy.rules.get(finding.rule)?.severity;
  return severity === undefined || severity === 'off' ? finding : { ...finding, severity };
}

/** `until` is the last day that the exception holds. */
function isExpired({ until }: ScopedIgnore, today: string): boolean {
  return until !== undefined && until < today;
}

function suppress(
  finding: Finding,
  ignores: readonly ScopedIgnore[],
  used: Set<ScopedIgnore>,
  known: ReadonlySet<string>,
  { baseline }: Policy,
): Finding {
  const matching = ignores.filter((ignore) => covers(ignore, finding));
  for (const ignore of matching) used.add(ignore);
  const [first] = matching;
  if (first !== undefined) return excused(finding, first);
  if (baseline === undefined || !known.has(finding.fingerprint)) return finding;
  return excused(finding, { by: 'baseline', reason: `${baseline.file} lists it`, until: undefined });
}

function excused(finding: Finding, { by, reason, until }: Suppression): Finding {
  return { ...finding, suppressed: { by, reason, until } };
}

function covers({ rule, scope, pattern, glob }: ScopedIgnore, finding: Finding): boolean {
  const text = finding[scope];
  if (rule !== finding.rule || text === undefined) return false;
  return text === pattern || (glob && matchesGlob(pattern, text));
}

interface Outcome {
  readonly used: ReadonlySet<ScopedIgnore>;
  readonly inForce: readonly ScopedIgnore[];
  readonly found: readonly Finding[];
  readonly ran: readonly RuleRow[];
}

/** What is to be said of the exceptions and the baseline themselves. */
function aboutPolicy(policy: Policy, today: string, { used, inForce, found, ran }: Outcome): Finding[] {
  const asked = new Set(
    ran.filter(({ id, level }) => isWanted({ rule: id, level }, policy)).map(({ id }) => id),
  );
  const fingerprints = new Set(found.map(({ fingerprint }) => fingerprint));
  const expired = policy.ignores.filter((ignore) => isExpired(ignore, today));
  const unused = inForce.filter((ignore) => asked.has(ignore.rule) && !used.has(ignore));
  const fixed = (policy.baseline?.entries ?? []).filter(
    (entry) => asked.has(entry.rule) && !fingerprints.has(entry.fingerprint),
  );
  return [
    ...expired.map(expiredFinding),
    ...unused.map(unusedFinding),
    ...fixed.map((entry) => fixedFinding(entry, policy.baseline!.file)),
  ];
}

function expiredFinding(ignore: ScopedIgnore): Finding {
  return makeFinding(IGNORE_EXPIRED, {
    path: ignorePath(ignore),
    reason: `the exception of ${ignore.rule} for ${ignore.scope} "${ignore.pattern}" ended on ${ignore.until}: ${ignore.reason}`,
    next: 'mend what it excused, or write down why it holds longer and until when',
    now: ignore.place,
    facts: [ignore.until ?? ''],
  });
}

function unusedFinding(ignore: ScopedIgnore): Finding {
  return makeFinding(IGNORE_UNUSED, {
    path: ignorePath(ignore),
    reason: `the exception of ${ignore.rule} for ${ignore.scope} "${ignore.pattern}" excuses nothing`,
    next: 'remove it',
    now: ignore.place,
  });
}

function fixedFinding({ rule, path, fingerprint }: BaselineEntry, file: string): Finding {
  return makeFinding(BASELINE_FIXED, {
    path: `baseline > ${rule} > ${path}`,
    reason: `the baseline lists ${rule} at ${path}, which is no longer found`,
    next: 'write the baseline again with --write-baseline',
    now: { file },
    facts: [fingerprint],
  });
}

function ignorePath({ rule, scope, pattern }: ScopedIgnore): string {
  return `ignore > ${rule} > ${scope} ${pattern}`;
}

function worstFirst(a: Finding, b: Finding): number {
  const apart = Number(a.suppressed !== undefined) - Number(b.suppressed !== undefined);
  if (apart !== 0) return apart;
  if (a.severity !== b.severity) return rank(b.severity) - rank(a.severity);
  return compareTexts(a.path, b.path) || compareTexts(a.rule, b.rule) || compareTexts(a.reason, b.reason);
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
