import type { Difference, DiffView, OperatorDiff, SchemaChange, StateDiff } from '@statewright/inspect';
import { linePatch } from '../unified/type-patch.js';
import type { SignStyle } from './diff-style.js';
import { escapeText } from './escape.js';

/** Operators and states that were added, removed or have another schema. Nothing where all are the same. */
export function* schemaSection(view: DiffView, style: SignStyle): Iterable<string> {
  for (const operator of view.operators) yield* operatorLines(operator, style);
  for (const state of view.states) yield* stateLines(state, style);
}

function* operatorLines(
  { operator, presence, differences }: OperatorDiff,
  style: SignStyle,
): Iterable<string> {
  const label = operator.uid ?? operator.name;
  const name = escapeText(label === null ? operator.id : `${label} (${operator.id})`);
  if (presence === 'new') yield style.added(`+ operator ${name}`);
  else if (presence === 'old') yield style.removed(`- operator ${name}`);
  else if (differences.length > 0) {
    yield style.changed(`~ operator ${name}`);
    for (const difference of differences) yield `    ${differenceText(difference)}`;
  }
}

function differenceText({ what, old, new: now }: Difference): string {
  return escapeText(`${what}: ${old ?? 'none'} → ${now ?? 'none'}`);
}

function* stateLines(
  { address, kind, presence, schema, verdict }: StateDiff,
  style: SignStyle,
): Iterable<string> {
  const name = escapeText(`${address} (${kind})`);
  if (presence !== 'both' && verdict === 'unknown') yield style.warn(`? state ${name}`);
  else if (presence === 'new') yield style.added(`+ state ${name}`);
  else if (presence === 'old') yield style.removed(`- state ${name}`);
  else if (schema.length > 0) {
    yield style.changed(`~ state ${name}`);
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
