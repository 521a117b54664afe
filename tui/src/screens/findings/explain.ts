import type { Finding, RuleRow } from '@statewright/compat';
import { escapeText, RENDERERS, wrap } from '@statewright/report';
import { BLANK, type Line, line } from '../../line/line.js';

const TEXT = RENDERERS.find(({ format }) => format === 'text')!;
const MARGIN = '  ';

/** A finding in full, and what its rule is about. */
export function explainLines(finding: Finding, rule: RuleRow | undefined, width: number): readonly Line[] {
  const { path, reason, next, severity, level, suppressed } = finding;
  return [
    line(`${severity} at level ${level}`, severity === 'error' ? 'bad' : 'warn'),
    ...paragraph('', path, width, 'key'),
    ...paragraph('', reason, width),
    ...paragraph('next: ', next, width),
    ...(suppressed === undefined
      ? []
      : paragraph(`suppressed by ${suppressed.by}: `, suppressed.reason, width, 'dim')),
    BLANK,
    ...(rule === undefined ? [] : ruleLines(rule, width)),
  ];
}

function paragraph(head: string, text: string, width: number, role?: 'key' | 'dim'): Line[] {
  const lines = wrap(head + escapeText(text), Math.max(8, width - MARGIN.length));
  return lines.map((each) => line(MARGIN + each, role));
}

/** The page of a rule as `explain` prints it: headings begin in the first column. */
function ruleLines(rule: RuleRow, width: number): Line[] {
  const lines = TEXT.render({ schemaVersion: 1, view: 'explain-rule', rule }, { width, colour: false });
  const [name, ...rest] = [...lines].map((text) => line(text, /^\S/.test(text) ? 'heading' : 'plain'));
  return [{ spans: name!.spans.map((span) => ({ ...span, rule: rule.id })) }, ...rest];
}
