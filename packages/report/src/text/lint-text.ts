import type { LintView } from '@statewright/compat';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { conclusionLines, findingsLines } from './findings-text.js';
import { plural } from './numbers.js';
import { paragraph } from './paragraph.js';
import { snapshotText } from './snapshot-text.js';
import type { Style } from './style.js';

/** Findings of one snapshot, and what they come to. */
export function* lintText(view: LintView, width: number, style: Style): Iterable<string> {
  yield* snapshotText(view.snapshot, width, style);
  if (view.since !== null) yield* paragraph(escapeText(view.since.path), width, 'since  ', style.heading);
  const { level, failOn, looked } = view;
  const facts = [
    `looked at ${plural(looked.states, 'state')} of ${plural(looked.operators, 'operator')}`,
    `level ${level}`,
    failOn === 'never' ? 'fails on no finding' : `fails on ${failOn}`,
  ];
  yield* factLines(facts, width, 2);
  yield* findingsLines(view, width, style);
  yield* conclusionLines(view, width, style);
}
