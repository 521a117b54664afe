import type { ChangeKind, EntryChange, FieldChange } from '@statewright/inspect';
import { jsonText } from '../json-text.js';
import type { SignStyle } from './diff-style.js';
import { escapeText } from './escape.js';
import { plural } from './numbers.js';
import { truncate } from './width.js';

const SIGNS: { readonly [change in ChangeKind]: string } = { added: '+', removed: '-', changed: '~' };

/** One changed entry: a line with its key, and a line for each field; only its key with `keys`. */
export function* changeLines(
  change: EntryChange,
  width: number,
  style: SignStyle,
  keys: boolean,
): Iterable<string> {
  if (change.continues !== true) {
    const head = `${SIGNS[change.change]} ${escapeText(change.address)}  ${keyText(change)}`;
    // Of a timer, its time is part of what it is called.
    const alone = keys && change.kind !== 'timer';
    yield style[change.change](truncate(alone ? head : head + wholeText(change), width));
  }
  if (keys) return;
  for (const field of change.fields) yield* fieldLines(field, width, style);
  if (change.fieldsLeftOut > 0) yield style.dim(`    … ${plural(change.fieldsLeftOut, 'more place')}`);
}

/** The key of a changed entry, and its namespace, as JSON; nothing where it has none. */
export function keyText({ key, namespace, keyGroup }: EntryChange): string {
  if (keyGroup === null && key === null) return '';
  return jsonText(key) + (namespace === null ? '' : ` ${jsonText(namespace)}`);
}

/** The value of an entry that only one side has. */
function wholeText({ change, old, new: now, kind }: EntryChange): string {
  if (change === 'changed' || kind === 'map') return '';
  return `  ${valueText(change === 'added' ? now : old)}`;
}

function* fieldLines(field: FieldChange, width: number, style: SignStyle): Iterable<string> {
  const { path, change, old, new: now } = field;
  const name = escapeText(path);
  if (change === 'added') yield style.added(truncate(`    + ${name}: ${valueText(now)}`, width));
  else if (change === 'removed') yield style.removed(truncate(`    - ${name}: ${valueText(old)}`, width));
  else {
    const note = field.opaque === true ? ' (not the same bytes)' : '';
    yield truncate(`    ${name}: ${valueText(old)} → ${valueText(now)}${note}`, width);
  }
}

/** A value as JSON; bytes that nothing explains by their number and class. */
export function valueText(value: unknown): string {
  if (typeof value === 'object' && value !== null && '@opaque' in value) {
    const { bytes, class: className } = value['@opaque'] as { bytes?: unknown; class?: unknown };
    const count = typeof bytes === 'string' ? bytes.length / 2 : 0;
    const of = typeof className === 'string' ? ` of ${escapeText(className)}` : '';
    return `opaque, ${plural(count, 'byte')}${of}`;
  }
  return jsonText(value);
}
