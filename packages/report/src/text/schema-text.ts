import type { SchemaView, StateSchema } from '@statewright/inspect';
import { escapeText } from './escape.js';
import { snapshotText } from './snapshot-text.js';
import { stateHeading } from './state-heading.js';
import type { Style } from './style.js';
import { wrap } from './width.js';

/** The type tree of every state. */
export function* schemaText(view: SchemaView, width: number, style: Style): Iterable<string> {
  yield* snapshotText(view.snapshot, width, style);
  for (const state of view.states) {
    yield '';
    yield* stateText(state, width, style);
  }
}

function* stateText(state: StateSchema, width: number, style: Style): Iterable<string> {
  const facts = [state.kind, ...(state.ttl ? ['ttl'] : [])].join(', ');
  yield* stateHeading(escapeText(state.address), facts, width, style);
  const { key, namespace, value } = state.text;
  if (key !== null) yield* labelled('key', key, width);
  if (namespace !== null) yield* labelled('namespace', namespace, width);
  yield* labelled('value', value, width);
  for (const { path, why } of state.opaque) {
    const [first = '', ...rest] = wrap(escapeText(`${path} is opaque: ${why}`), width - 4);
    yield style.warn(`  ! ${first}`);
    for (const line of rest) yield style.warn(`    ${line}`);
  }
}

const LABEL = 11;

/** A tree behind its label; a line that is too long goes on below, deeper than it began. */
function* labelled(label: string, lines: readonly string[], width: number): Iterable<string> {
  for (const [i, line] of lines.map(escapeText).entries()) {
    const margin = `  ${i === 0 ? label.padEnd(LABEL) : ' '.repeat(LABEL)}`;
    const own = /^ */.exec(line)![0];
    // What goes on below is four columns deeper.
    const room = Math.max(16, width - margin.length - own.length - 4);
    const [first = '', ...rest] = wrap(line.slice(own.length), room);
    yield (margin + own + first).trimEnd();
    for (const more of rest) yield `${' '.repeat(margin.length)}${own}    ${more}`;
  }
}
