import type { DiffView, EntryChange, StateDiff } from '@statewright/inspect';
import { jsonText } from '../json-text.js';
import { type DiffWriter, type SignStyle, signStyle } from '../text/diff-style.js';
import { escapeText } from '../text/escape.js';
import { hunkHead, linePatch } from './type-patch.js';

/**
 * A comparison in the unified form, which tools for patches understand: types as a document a state, entries as JSON
 * lines, a line for an entry of a map.
 */
export function unifiedWriter(colour: boolean): DiffWriter {
  const style = signStyle(colour);
  let address: string | undefined;
  let keyGroup: number | null | undefined;
  return {
    *head(view: DiffView) {
      for (const state of view.states) yield* schemaPatch(state, style);
    },
    *change(change: EntryChange) {
      if (change.address !== address) {
        yield style.heading(`--- a/${escapeText(change.address)}/entries`);
        yield style.heading(`+++ b/${escapeText(change.address)}/entries`);
      }
      if (change.address !== address || change.keyGroup !== keyGroup) {
        const place = change.keyGroup === null ? 'operator state' : `key group ${change.keyGroup}`;
        yield style.dim(`@@ ${place} @@`);
      }
      ({ address, keyGroup } = change);
      yield* entryLines(change, style);
    },
    *tail() {},
  };
}

/** A state's types as a document on each side; one that only one side has is compared with nothing. */
function* schemaPatch(state: StateDiff, style: SignStyle): Iterable<string> {
  const [old, now] = [documentOf(state, 'old'), documentOf(state, 'new')];
  const hunks = linePatch(old, now);
  if (hunks.length === 0) return;
  const name = escapeText(`${state.address}.types`);
  yield style.heading(`--- ${old.length === 0 ? '/dev/null' : `a/${name}`}`);
  yield style.heading(`+++ ${now.length === 0 ? '/dev/null' : `b/${name}`}`);
  for (const hunk of hunks) {
    yield style.dim(hunkHead(hunk));
    for (const line of hunk.lines) yield style.line(escapeText(line));
  }
}

/** What differs; of a state that only one side has, all of it. */
function documentOf({ schema }: StateDiff, side: 'old' | 'new'): string[] {
  return schema.flatMap(({ place, ...lines }) =>
    lines[side].map((line, i) => (i === 0 ? `${place} ${line}` : line)),
  );
}

function* entryLines(change: EntryChange, style: SignStyle): Iterable<string> {
  const head = { key: change.key, namespace: change.namespace };
  for (const field of change.kind === 'map' ? change.fields : []) {
    const at = { ...head, path: field.path };
    if (Object.hasOwn(field, 'old')) yield style.line(`-${jsonText({ ...at, value: field.old })}`);
    if (Object.hasOwn(field, 'new')) yield style.line(`+${jsonText({ ...at, value: field.new })}`);
  }
  if (Object.hasOwn(change, 'old')) yield style.line(`-${jsonText({ ...head, value: change.old })}`);
  if (Object.hasOwn(change, 'new')) yield style.line(`+${jsonText({ ...head, value: change.new })}`);
}
