import { StatewrightError } from '@statewright/bytes';
import type {
  CheckView,
  Finding,
  LintView,
  Severity,
  StateVerdictView,
  VerdictWord,
} from '@statewright/compat';
import type { AnyView } from '../renderers/renderer.js';
import { plural } from '../text/numbers.js';

/** The views that have findings: what the formats for CI are made of. */
export type FindingsView = CheckView | LintView;

/** The view, when it has findings; USAGE when it is one of those that `format` cannot show. */
export function requireFindings(view: AnyView, format: string): FindingsView {
  if (view.view === 'check' || view.view === 'lint') return view;
  throw new StatewrightError('USAGE', {
    kind: '--format',
    reason: `${format} shows findings, and ${view.view} has none`,
    next: 'take text, json or ndjson',
  });
}

const RANK: { readonly [severity in Severity]: number } = { note: 0, warning: 1, error: 2 };

/** Whether a finding counts against the exit code: it is not suppressed, and as bad as `failOn`, or Flink refuses. */
export function isFailing(finding: Finding, { failOn, exitCode }: FindingsView): boolean {
  if (finding.suppressed !== undefined) return false;
  if (exitCode === REFUSED && finding.level === 'restore' && finding.severity === 'error') return true;
  return failOn !== 'never' && RANK[finding.severity] >= RANK[failOn];
}

const REFUSED = 20;
const LOSSY = 21;

/** What the exit code says of the view: one sentence without a full stop. */
export function conclusionOf(view: FindingsView): string {
  return view.view === 'check' ? checkConclusion(view) : lintConclusion(view);
}

function checkConclusion(view: CheckView): string {
  const flink = `Flink ${view.target.flink} with the ${view.target.backend} backend`;
  switch (view.exitCode) {
    case 0:
      return `${flink} restores this, and level ${view.level} has ${objections(view)}`;
    case REFUSED:
      return `${flink} refuses to restore this`;
    case LOSSY:
      return `${flink} restores this, but something is lost or misread, or nobody can tell`;
    default:
      return `the check ended with exit code ${view.exitCode}`;
  }
}

function lintConclusion(view: LintView): string {
  const { exitCode, level, looked } = view;
  const where = `${plural(looked.states, 'state')} of ${plural(looked.operators, 'operator')}`;
  if (exitCode === 0) return `level ${level} has ${objections(view)} to ${where}`;
  return `rules up to level ${level} object to ${where}`;
}

function objections({ counts }: FindingsView): string {
  return counts.error + counts.warning + counts.note === 0 ? 'no objection' : 'remarks, but no objection';
}

/** `2 errors, 1 warning, 0 notes, 1 suppressed`: the counts in the words of every format. */
export function countsText({ counts }: FindingsView): string {
  const { error, warning, note, suppressed } = counts;
  return [
    plural(error, 'error'),
    plural(warning, 'warning'),
    plural(note, 'note'),
    `${plural(suppressed, 'suppressed', 'suppressed')}`,
  ].join(', ');
}

const WORDS: readonly VerdictWord[] = [
  'incompatible',
  'dropped',
  'unknown',
  'opaque',
  'compatible after migration',
  'compatible with reconfigured serializer',
  'compatible as is',
  'new',
];

/** How many states have each verdict, the worst first; only those that occur. */
export function verdictCounts(
  states: readonly StateVerdictView[],
): readonly { readonly verdict: VerdictWord; readonly count: number }[] {
  return WORDS.map((verdict) => ({
    verdict,
    count: states.filter((state) => state.verdict === verdict).length,
  })).filter(({ count }) => count > 0);
}

/** What a verdict's word does not say: Flink refuses although it may migrate, values would come back wrong. */
export function verdictNotes({ verdict, restores, readable }: StateVerdictView): string[] {
  const notes: string[] = [];
  if (restores === 'no' && !STOPPED.has(verdict)) notes.push('Flink refuses');
  if (readable === 'no' && !STOPPED.has(verdict)) notes.push('values come back wrong');
  if (readable === 'unknown' && verdict !== 'opaque' && verdict !== 'unknown') notes.push('values unknown');
  return notes;
}

/** Words that say themselves that the values do not come back. */
const STOPPED: ReadonlySet<VerdictWord> = new Set(['incompatible', 'dropped', 'unknown', 'new']);

/** What a finding is about, as short as it gets: a state, an operator, or the job. */
export function subjectOf({ state, operator }: Finding): string {
  return state ?? operator ?? 'job';
}

/** `ignored by the baseline until 2026-01-31: reason`. */
export function suppressionText({ suppressed }: Finding): string {
  if (suppressed === undefined) return '';
  const { by, reason, until } = suppressed;
  const whose = { config: 'the config', baseline: 'the baseline', inline: 'the contract' }[by];
  return `ignored by ${whose}${until === undefined ? '' : ` until ${until}`}: ${reason}`;
}

/** Whether there is no new side but the snapshot itself. */
export function isUnchanged({ against, snapshot }: CheckView): boolean {
  return against.kind === 'snapshot' && against.path === snapshot.path;
}
