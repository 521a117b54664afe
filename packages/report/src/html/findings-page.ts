import type { Finding, StateVerdictView } from '@statewright/compat';
import {
  conclusionOf,
  type FindingsView,
  isUnchanged,
  subjectOf,
  suppressionText,
  verdictNotes,
} from '../findings/findings-view.js';
import { placesOf, placeText } from '../findings/places.js';
import { formatCount } from '../text/numbers.js';
import type { PageDetail, PageModel, PageRow, Section, Tone } from './page-model.js';
import { factsOf, textCell, withoutEmpty } from './parts.js';

const SEVERITY_TONES = { error: 'bad', warning: 'warn', note: 'dim' } as const;
const SEVERITY_RANK = { error: 0, warning: 1, note: 2 } as const;

/** `check` and `lint` as a page: what it comes to, the findings with their rules, and the verdict on each state. */
export function findingsPage(view: FindingsView): PageModel {
  const { counts } = view;
  const tile = (count: number, label: string, tone: Tone) => ({
    value: formatCount(count),
    label,
    ...(count === 0 ? {} : { tone }),
  });
  return {
    kind: view.view,
    title: textCell(view.snapshot.path).text,
    conclusion: { text: textCell(conclusionOf(view)).text, tone: view.exitCode === 0 ? 'good' : 'bad' },
    tiles: [
      tile(counts.error, counts.error === 1 ? 'error' : 'errors', 'bad'),
      tile(counts.warning, counts.warning === 1 ? 'warning' : 'warnings', 'warn'),
      tile(counts.note, counts.note === 1 ? 'note' : 'notes', 'dim'),
      tile(counts.suppressed, 'suppressed', 'dim'),
    ],
    facts: facts(view),
    sections: [...rulesChart(view), ...findingsTable(view), ...verdicts(view)],
  };
}

function facts(view: FindingsView): string[] {
  const about = [...factsOf(view.snapshot)];
  if (view.view === 'check') {
    about.push(isUnchanged(view) ? 'against the same job' : `against ${textCell(view.against.path).text}`);
    about.push(textCell(`restored by Flink ${view.target.flink} with ${view.target.backend}`).text);
  } else if (view.since !== null) about.push(`since ${textCell(view.since.path).text}`);
  about.push(`level ${view.level}`);
  return view.next === '' ? about : [...about, `next: ${textCell(view.next).text}`];
}

function rulesChart(view: FindingsView): Section[] {
  const active = view.findings.filter(({ suppressed }) => suppressed === undefined);
  const rules = [...new Set(active.map(({ rule }) => rule))];
  if (rules.length < 2) return [];
  const severities = ['error', 'warning', 'note'] as const;
  const bars = rules.map((rule) => {
    const found = active.filter((finding) => finding.rule === rule);
    const values = severities.map((severity) => found.filter((one) => one.severity === severity).length);
    return { label: rule, values };
  });
  const series = severities.map((name) => ({ name, tone: SEVERITY_TONES[name] }));
  return [{ kind: 'chart', title: 'Findings by rule', shape: 'bars', unit: 'count', series, bars }];
}

function findingsTable(view: FindingsView): Section[] {
  if (view.findings.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'Findings',
      note: 'A row opens: what the rule is about, the harm and the remedy.',
      columns: [
        { title: 'Severity' },
        { title: 'Rule', code: true },
        { title: 'Level' },
        { title: 'Where', code: true },
        { title: 'What' },
      ],
      rows: view.findings.map((finding) => findingRow(finding, view)),
    },
  ];
}

function findingRow(finding: Finding, view: FindingsView): PageRow {
  const { severity, suppressed } = finding;
  const shown =
    suppressed === undefined
      ? { text: severity, sort: SEVERITY_RANK[severity], tone: SEVERITY_TONES[severity] }
      : { text: `${severity}, suppressed`, sort: SEVERITY_RANK[severity] + 10, tone: 'dim' as const };
  return {
    cells: [
      shown,
      textCell(finding.rule),
      { text: finding.level },
      textCell(finding.path === '' ? subjectOf(finding) : finding.path),
      textCell(finding.reason),
    ],
    details: findingDetails(finding, view),
  };
}

function findingDetails(finding: Finding, view: FindingsView): PageDetail[] {
  const docs = view.rules.find(({ id }) => id === finding.rule)?.docs;
  const listed: PageDetail[] = [
    { label: 'next', lines: [finding.next] },
    { label: 'suppressed', lines: [suppressionText(finding)] },
    { label: 'places', lines: placesOf(finding, view).map(placeText) },
    { label: 'what', lines: [docs?.what ?? ''], marked: true },
    { label: 'harm', lines: [docs?.harm ?? ''], marked: true },
    { label: 'remedy', lines: [docs?.remedy ?? ''], marked: true },
  ];
  return listed
    .map((detail) => ({
      ...detail,
      lines: detail.lines.filter((text) => text !== '').map((text) => textCell(text).text),
    }))
    .filter(({ lines }) => lines.length > 0);
}

function verdicts(view: FindingsView): Section[] {
  if (view.view !== 'check' || view.states.length === 0) return [];
  return [
    withoutEmpty({
      kind: 'table',
      title: 'States',
      columns: [{ title: 'State', code: true }, { title: 'Kind' }, { title: 'Verdict' }, { title: 'Notes' }],
      rows: view.states.map(verdictRow),
    }),
  ];
}

function verdictRow(state: StateVerdictView): PageRow {
  const paths = state.places
    .flatMap((place) => place.paths)
    .map(({ path, reason }) => ({ label: textCell(path).text, lines: [textCell(reason).text] }));
  return {
    cells: [
      textCell(state.address),
      { text: state.kind },
      { text: state.verdict, tone: toneOf(state) },
      textCell(verdictNotes(state).join(', '), 'warn'),
    ],
    ...(paths.length === 0 ? {} : { details: paths }),
  };
}

/** Red: nothing comes back, or it comes back wrong. Yellow: it starts empty, or nobody can tell. */
function toneOf({ verdict, restores, readable }: StateVerdictView): Tone {
  if (verdict === 'incompatible' || verdict === 'dropped' || restores === 'no') return 'bad';
  if (verdict === 'new') return 'dim';
  if (readable === 'no') return 'bad';
  return restores === 'unknown' || readable === 'unknown' ? 'warn' : 'good';
}
