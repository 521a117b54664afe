import type { Difference, DiffView, OperatorDiff, SchemaChange, StateDiff } from '@statewright/inspect';
import { linePatch } from '../unified/type-patch.js';
import type { SignStyle } from './diff-style.js';
import { escapeText } from './escape.js';
import { wrap } from './width.js';

/** Operators and states that were added, removed or have another schema. Nothing where all are the same. */
export function* schemaSection(view: DiffView, width: number, style: SignStyle): Iterable<string> {
  for (const operator of view.operators) yield* operatorLines(operator, width, style);
  for (const state of view.states) yield* stateLines(state, width, style);
}

function* operatorLines(
  { operator, presence, differences }: OperatorDiff,
  width: number,
  style: SignStyle,
): Iterable<string> {
  const label = operator.uid ?? operator.name;
  const name = escapeText(label === null ? operator.id : `${label} (${operator.id})`);
  if (presence === 'new') yield* hanging(`+ operator ${name}`, width).map(style.added);
  else if (presence === 'old') yield* hanging(`- operator ${name}`, width).map(style.removed);
  else if (differences.length > 0) {
    yield* hanging(`~ operator ${name}`, width).map(style.changed);
    for (const difference of differences) yield* hanging(`    ${differenceText(difference)}`, width);
  }
}

/** Lines of a text that fit the page: all but the first deeper. */
function hanging(text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, Math.max(16, width - 4));
  return [first, ...rest.map((line) => `    ${line}`)];
}

function differenceText({ what, old, new: now }: Difference): string {
  return escapeText(`${what}: ${old ?? 'none'} → ${now ?? 'none'}`);
}

function* stateLines(
  { address, kind, presence, schema, verdict }: StateDiff,
  width: number,
  style: SignStyle,
): Iterable<string> {
  const name = escapeText(`${address} (${kind})`);
  if (presence !== 'both' && verdict === 'unknown') yield* hanging(`? state ${name}`, width).map(style.warn);
  else if (presence === 'new') yield* hanging(`+ state ${name}`, width).map(style.added);
  else if (presence === 'old') yield* hanging(`- state ${name}`, width).map(style.removed);
  else if (schema.length > 0) {
    yield* hanging(`~ state ${name}`, width).map(style.changed);
    for (const change of schema) yield* schemaLines(change, style);
  }
}

function* schemaLines({ place, old, new: now }: SchemaChange, style: SignStyle): Iterable<string> {
  if (old.length <= 1 && now.length <= 1) {
    yield `    ${escapeText(`${place}: ${old[0] ?? 'none'} → ${now[0] ?? 'none'}`)}`;
    return;
  }
  yield `    ${place}:`;
  for (const { lines } of linePatch(old, now)) {
    for (const line of lines) yield `      ${style.line(escapeText(line))}`;
  }
}
