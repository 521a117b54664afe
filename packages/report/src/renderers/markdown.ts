import type { CheckView, Finding } from '@statewright/compat';
import {
  conclusionOf,
  countsText,
  type FindingsView,
  isUnchanged,
  requireFindings,
  suppressionText,
  verdictCounts,
  verdictNotes,
} from '../findings/findings-view.js';
import { mdCode, mdText } from '../findings/markdown.js';
import { placesOf, placeText } from '../findings/places.js';
import { plural } from '../text/numbers.js';
import type { AnyView, Renderer } from './renderer.js';

/** A comment for a pull request: what it comes to, a table of verdicts, findings, and the suppressed ones folded away. */
export const markdownRenderer: Renderer = {
  format: 'markdown',
  *render(view: AnyView) {
    const shown = requireFindings(view, 'markdown');
    yield `### ${shown.exitCode === 0 ? '✅' : '❌'} statewright ${shown.view}: ${mdText(conclusionOf(shown))}`;
    yield '';
    yield* headLines(shown);
    if (shown.view === 'check') yield* stateLines(shown);
    yield* findingLines(shown);
    if (shown.next !== '') yield* ['', `Next: ${nextText(shown.next)}`];
  },
};

function* headLines(view: FindingsView): Iterable<string> {
  const parts = [`${mdCode(view.snapshot.path)}`];
  if (view.view === 'check') {
    parts.push(isUnchanged(view) ? 'the same job' : `against ${mdCode(view.against.path)}`);
    parts.push(mdText(`Flink ${view.target.flink}, ${view.target.backend}`));
  }
  if (view.view === 'lint' && view.since !== null) parts.push(`since ${mdCode(view.since.path)}`);
  yield [...parts, `level ${view.level}`].join(' · ');
  yield '';
  yield `**${countsText(view)}**`;
}

/** States whose verdict needs a look are in sight, the others are folded away. */
function* stateLines({ states }: CheckView): Iterable<string> {
  if (states.length === 0) return;
  const row = (state: CheckView['states'][number]) =>
    `| ${[mdCode(state.address), state.kind, [state.verdict, ...verdictNotes(state)].join(', ')].join(' | ')} |`;
  const head = ['| state | kind | verdict |', '|---|---|---|'];
  const fine = states.filter(
    ({ verdict, readable }) => verdict.startsWith('compatible') && readable === 'yes',
  );
  const others = states.filter((state) => !fine.includes(state));
  if (others.length > 0) yield* ['', ...head, ...others.map(row)];
  if (fine.length === 0) return;
  const counts = verdictCounts(fine).map(({ verdict, count }) => `${count} ${verdict}`);
  yield* folded(counts.join(', '), [...head, ...fine.map(row)]);
}

function* findingLines(view: FindingsView): Iterable<string> {
  const active = view.findings.filter(({ suppressed }) => suppressed === undefined);
  const suppressed = view.findings.filter((one) => one.suppressed !== undefined);
  const items = (findings: readonly Finding[]) => findings.flatMap((finding) => itemLines(finding, view));
  if (active.length > 0) yield* folded(plural(active.length, 'finding'), items(active), true);
  if (suppressed.length > 0) yield* folded(`${suppressed.length} suppressed`, items(suppressed));
}

function itemLines(finding: Finding, view: FindingsView): string[] {
  const { severity, rule, path, reason, next } = finding;
  const places = placesOf(finding, view).map((place) => mdCode(placeText(place)));
  const lines = [
    `- **${severity}** ${mdCode(rule)} ${mdCode(path)}`,
    mdText(reason),
    places.join(', '),
    mdText(suppressionText(finding)),
    next === '' ? '' : `Next: ${nextText(next)}`,
  ];
  return [lines.filter((line) => line !== '').join('<br>')];
}

function nextText(next: string): string {
  return next.startsWith('statewright ') ? mdCode(next) : mdText(next);
}

function folded(summary: string, lines: readonly string[], open = false): string[] {
  return ['', `<details${open ? ' open' : ''}><summary>${summary}</summary>`, '', ...lines, '', '</details>'];
}
