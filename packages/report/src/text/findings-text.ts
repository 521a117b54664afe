import type { Finding, Severity } from '@statewright/compat';
import { conclusionOf, countsText, type FindingsView, suppressionText } from '../findings/findings-view.js';
import { placesOf, placeText } from '../findings/places.js';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { nextStep, paragraph } from './paragraph.js';
import type { Style } from './style.js';

/** A block for each finding that counts, then the suppressed ones in grey with who excused them and why. */
export function* findingsLines(view: FindingsView, width: number, style: Style): Iterable<string> {
  for (const finding of view.findings.filter(({ suppressed }) => suppressed === undefined)) {
    yield '';
    yield* findingLines(finding, view, width, style);
  }
  const suppressed = view.findings.filter((one) => one.suppressed !== undefined);
  if (suppressed.length > 0) yield '';
  for (const finding of suppressed) yield* suppressedLines(finding, width, style);
}

const WIDEST = 'warning'.length;

function findingLines(finding: Finding, view: FindingsView, width: number, style: Style): string[] {
  const { severity, rule, path, reason, next, level } = finding;
  const word = paintSeverity(severity, style)(severity) + ' '.repeat(WIDEST - severity.length);
  const indent = ' '.repeat(WIDEST + 2);
  return [
    `${word}  ${style.heading(escapeText(rule))}  ${style.dim(level)}`,
    ...paragraph(escapeText(path), width, indent),
    ...paragraph(escapeText(reason), width, indent),
    ...placeLines(finding, view, width, indent).map(style.dim),
    ...(next === '' ? [] : nextStep(escapeText(next), width, `${indent}next: `)),
  ];
}

function placeLines(finding: Finding, view: FindingsView, width: number, indent: string): string[] {
  const places = placesOf(finding, view).map((place) => escapeText(placeText(place)));
  const labels = finding.now === undefined ? ['at'] : ['at', 'before'];
  return factLines(
    places.map((place, i) => `${labels[i]} ${place}`),
    width,
    indent.length,
  );
}

function suppressedLines(finding: Finding, width: number, style: Style): string[] {
  const { severity, rule, path, reason } = finding;
  const indent = ' '.repeat(WIDEST + 2);
  const texts = [path, reason, suppressionText(finding)].flatMap((text) =>
    paragraph(escapeText(text), width, indent),
  );
  return [`${severity.padEnd(WIDEST)}  ${escapeText(rule)}  suppressed`, ...texts].map((line) =>
    style.dim(line),
  );
}

function paintSeverity(severity: Severity, style: Style): (text: string) => string {
  return { error: style.bad, warning: style.warn, note: style.dim }[severity];
}

/** The last lines: what it comes to, and what to do next. */
export function* conclusionLines(view: FindingsView, width: number, style: Style): Iterable<string> {
  const paint = view.exitCode === 0 ? style.good : style.bad;
  yield '';
  yield* paragraph(escapeText(conclusionOf(view)), width, '', paint);
  yield* paragraph(countsText(view), width, '  ');
  if (view.next !== '') yield* nextStep(escapeText(view.next), width, '  next: ');
}
