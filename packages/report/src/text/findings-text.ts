import type { Finding, Severity } from '@statewright/compat';
import { conclusionOf, countsText, type FindingsView, suppressionText } from '../findings/findings-view.js';
import { placesOf, placeText } from '../findings/places.js';
import { escapeText } from './escape.js';
import { nextStep, paragraph } from './paragraph.js';
import type { Style } from './style.js';
import { displayWidth } from './width.js';

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
  const title = `${word}  ${style.heading(style.rule(escapeText(rule)))}`;
  const whole = `${title}  ${style.dim(level)}`;
  return [
    displayWidth(whole) <= width ? whole : title,
    ...paragraph(escapeText(path), width, indent),
    ...paragraph(escapeText(reason), width, indent),
    ...placeLines(finding, view, width, indent).map(style.dim),
    ...(next === '' ? [] : nextStep(escapeText(next), width, `${indent}next: `)),
  ];
}

/** On one line where they fit, else on a line each, whole: so that they can be copied. */
function placeLines(finding: Finding, view: FindingsView, width: number, indent: string): string[] {
  const labels = finding.now === undefined ? ['at'] : ['at', 'before'];
  const texts = placesOf(finding, view).map((place, i) => `${labels[i]} ${escapeText(placeText(place))}`);
  const line = indent + texts.join(' · ');
  if (displayWidth(line) <= width) return texts.length === 0 ? [] : [line];
  return texts.map((text) => indent + text);
}

function suppressedLines(finding: Finding, width: number, style: Style): string[] {
  const { severity, rule, path, reason } = finding;
  const indent = ' '.repeat(WIDEST + 2);
  const texts = [path, reason, suppressionText(finding)].flatMap((text) =>
    paragraph(escapeText(text), width, indent),
  );
  return [`${severity.padEnd(WIDEST)}  ${style.rule(escapeText(rule))}  suppressed`, ...texts].map((line) =>
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
