import type { InspectView, OperatorView, StateView } from '@statewright/inspect';
import { escapeText } from '../text/escape.js';
import { truncate } from '../text/width.js';
import { operatorCaption, operatorLabel, stateNotes } from './labels.js';

/** Columns of a type in a box. */
const MAX_TYPE = 48;

/**
 * Operators with their states as a Mermaid flowchart, a line each. A snapshot does not tell which operator feeds which, so
 * that there are no arrows. Boxes are named by number: nothing of the data stands outside of a quoted label.
 */
export function* mermaidGraph(view: InspectView): Iterable<string> {
  yield 'flowchart TB';
  for (const [i, operator] of view.operators.entries()) yield* operatorLines(operator, `o${i}`);
  yield '  classDef opaque stroke-dasharray: 4 3';
  yield '  classDef empty opacity: 0.6';
}

function* operatorLines(operator: OperatorView, id: string): Iterable<string> {
  const title = `${label(operatorLabel(operator))}<br/>${label(operatorCaption(operator))}`;
  if (operator.states.length === 0) {
    yield `  ${id}["${title}"]:::empty`;
    return;
  }
  yield `  subgraph ${id} ["${title}"]`;
  for (const [i, state] of operator.states.entries()) yield `    ${stateLine(state, `${id}s${i}`)}`;
  yield '  end';
}

function stateLine(state: StateView, id: string): string {
  const notes = [state.kind, ...stateNotes(state)].join(', ');
  const lines = [state.name, truncate(escapeText(state.brief), MAX_TYPE), notes].map(label);
  return `${id}["${lines.join('<br/>')}"]${state.opaque.length === 0 ? '' : ':::opaque'}`;
}

/** What Mermaid could take for markup is written as its number. */
function label(text: string): string {
  return escapeText(text).replace(/[^\p{L}\p{N} .,:/()…-]/gu, (char) => `#${char.codePointAt(0)};`);
}
