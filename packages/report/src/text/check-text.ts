import type { CheckView, StateVerdictView } from '@statewright/compat';
import { isUnchanged, verdictCounts, verdictNotes } from '../findings/findings-view.js';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { conclusionLines, findingsLines } from './findings-text.js';
import { plural } from './numbers.js';
import { paragraph } from './paragraph.js';
import { snapshotText } from './snapshot-text.js';
import type { Style } from './style.js';
import { type Column, layoutTable } from './table.js';

/** Verdicts, findings and what they come to. */
export function* checkText(view: CheckView, width: number, style: Style): Iterable<string> {
  yield* snapshotText(view.snapshot, width, style);
  if (isUnchanged(view)) yield* paragraph('the same job, unchanged', width, 'against  ', style.heading);
  else yield* paragraph(escapeText(view.against.path), width, 'against  ', style.heading);
  yield* factLines(againstFacts(view), width, 2);
  if (view.states.length > 0) {
    yield '';
    yield* statesTable(view.states, width, style);
    yield '';
    yield* factLines(
      verdictCounts(view.states).map(({ verdict, count }) => `${count} ${verdict}`),
      width,
      2,
    );
  }
  yield* quietPaths(view, width, style);
  yield* findingsLines(view, width, style);
  yield* conclusionLines(view, width, style);
}

function againstFacts(view: CheckView): string[] {
  const { against, target, level, failOn } = view;
  const versions = isUnchanged(view) ? undefined : against.flinkVersions;
  const told = versions === undefined ? '' : ` of Flink ${[...new Set(versions)].join(' to ')}`;
  return [
    isUnchanged(view)
      ? ''
      : escapeText(`${against.kind === 'contract' ? 'state contract' : 'snapshot'}${told}`),
    escapeText(`restored by Flink ${target.flink} with ${target.backend}`),
    target.source === null ? '' : escapeText(`written by Flink ${target.source}`),
    `level ${level}`,
    failOn === 'never' ? 'fails on no finding' : `fails on ${failOn}`,
  ];
}

function statesTable(states: readonly StateVerdictView[], width: number, style: Style): string[] {
  const notes = states.map((state) => verdictNotes(state).join(', '));
  const paint = paintVerdict(states, style);
  const columns: Column[] = [
    { title: 'STATE', shrink: 'wrap', min: 16 },
    { title: 'KIND' },
    { title: 'VERDICT', shrink: 'wrap', min: 12, paint },
    { title: 'NOTES', shrink: 'wrap', min: 12, paint: style.warn },
  ];
  const rows = states.map((state, i) => [escapeText(state.address), state.kind, state.verdict, notes[i]!]);
  const used = notes.some((text) => text !== '') ? columns : columns.slice(0, 3);
  return layoutTable(used, rows, { width, indent: 2, heading: style.dim });
}

/** Red: nothing comes back, or it comes back wrong. Yellow: it starts empty, or nobody can tell. */
function paintVerdict(states: readonly StateVerdictView[], style: Style): NonNullable<Column['paint']> {
  const colours = new Map(
    states.map((state) => [`${escapeText(state.address)} ${state.kind}`, colourOf(state, style)]),
  );
  return (text, [address, kind]) => (colours.get(`${address} ${kind}`) ?? style.dim)(text);
}

function colourOf({ verdict, restores, readable }: StateVerdictView, style: Style): (text: string) => string {
  if (verdict === 'incompatible' || verdict === 'dropped' || restores === 'no') return style.bad;
  if (verdict === 'new') return style.dim;
  if (readable === 'no') return style.bad;
  return restores === 'unknown' || readable === 'unknown' ? style.warn : style.good;
}

/** Paths that are not as they were and that no finding speaks of: what a migration does, for example. */
function* quietPaths({ states, findings }: CheckView, width: number, style: Style): Iterable<string> {
  const told = new Set(findings.map(({ path }) => path));
  const paths = states
    .flatMap(({ places }) => places.flatMap((place) => place.paths))
    .filter(({ path, verdict, readable }) => !told.has(path) && (verdict !== 'AS_IS' || readable !== 'yes'));
  if (paths.length === 0) return;
  yield '';
  yield style.dim(`  ${plural(paths.length, 'path')} that no rule objects to`);
  for (const { path, reason } of paths) {
    yield* paragraph(escapeText(path), width, '  ');
    yield* paragraph(escapeText(reason), width, '    ', style.dim);
  }
}
