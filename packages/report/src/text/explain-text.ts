import type { ExplainedCause, ExplainLogView, ExplainRulesView, ExplainRuleView } from '@statewright/compat';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { plural } from './numbers.js';
import { nextStep, paragraph } from './paragraph.js';
import type { Style } from './style.js';
import { layoutTable } from './table.js';

/** A rule: what it finds, what that does, how to mend it. */
export function* ruleText({ rule }: ExplainRuleView, width: number, style: Style): Iterable<string> {
  yield style.heading(style.rule(rule.id));
  yield* paragraph(rule.purpose, width, '  ');
  yield* factLines([`level ${rule.level}`, rule.severity, `since ${rule.since}`], width, 2);
  if (rule.replacedBy !== undefined)
    yield* paragraph(`replaced by ${rule.replacedBy.join(', ')}`, width, '  ', style.warn);
  const parts = [
    ['What happens', rule.docs.what],
    ['What it does', rule.docs.harm],
    ['How to mend it', rule.docs.remedy],
  ] as const;
  for (const [title, text] of parts) {
    yield '';
    yield style.heading(title);
    for (const part of text.split(/\n+/)) yield* paragraph(escapeText(part), width, '  ');
  }
  if (rule.thresholds === undefined || rule.thresholds.length === 0) return;
  yield '';
  yield style.heading('What statewright.yaml can set');
  const rows = rule.thresholds.map((one) => [
    one.name,
    `${one.default} ${UNITS[one.kind]}`.trimEnd(),
    one.why,
  ]);
  yield* layoutTable(THRESHOLDS, rows, { width, indent: 2, heading: style.dim });
}

const THRESHOLDS = [
  { title: 'NAME' },
  { title: 'DEFAULT', align: 'right' },
  { title: 'WHY', shrink: 'wrap', min: 20 },
] as const;

const UNITS = { count: '', ratio: '', bytes: 'B', duration: 'ms' } as const;

/** All rules, a line each. */
export function* rulesText({ rules }: ExplainRulesView, width: number, style: Style): Iterable<string> {
  const rows = rules.map(({ id, level, severity, purpose, replacedBy }) => [
    id,
    level,
    severity,
    replacedBy === undefined ? purpose : `replaced by ${replacedBy.join(', ')}`,
  ]);
  const [first, ...others] = RULES;
  yield* layoutTable([{ ...first, paint: style.rule }, ...others], rows, { width, heading: style.dim });
}

const RULES = [
  { title: 'RULE' },
  { title: 'LEVEL' },
  { title: 'SEVERITY' },
  { title: 'WHAT IT FINDS', shrink: 'wrap', min: 20 },
] as const;

/** What was found in a log: the deepest cause first. */
export function* logText(view: ExplainLogView, width: number, style: Style): Iterable<string> {
  if (view.causes.length === 0) {
    yield* paragraph(NOTHING_KNOWN, width, '');
    return;
  }
  for (const [i, cause] of view.causes.entries()) {
    if (i > 0) yield '';
    yield* causeLines(cause, width, style);
  }
  if (view.causes.length < 2) return;
  yield '';
  yield style.dim(`${plural(view.causes.length, 'cause')}, the likeliest first`);
}

const NOTHING_KNOWN =
  'no message of a failed restore that is known was found; paste the whole trace with all its "Caused by" lines';

function* causeLines(cause: ExplainedCause, width: number, style: Style): Iterable<string> {
  const { line, message, flink } = cause;
  yield `${style.heading(message)}  ${style.dim(`Flink ${flink}, line ${line.number}`)}`;
  yield* paragraph(escapeText(line.text), width, '  ', style.dim);
  const facts = (['operator', 'state', 'field'] as const).flatMap((name) =>
    cause[name] === null ? [] : [`${name} ${escapeText(cause[name])}`],
  );
  yield* factLines(facts, width, 2);
  yield* cause.paths.flatMap((path) => paragraph(escapeText(path), width, '  at ', style.warn));
  yield* paragraph(escapeText(cause.cause), width, '  ');
  for (const step of cause.next) yield* nextStep(escapeText(step), width, '  next: ');
  if (cause.rules.length > 0)
    yield* paragraph(`found before by: ${cause.rules.join(', ')}`, width, '  ', style.dim);
}
