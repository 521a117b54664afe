import type { DiffView, EntryChange } from '@statewright/inspect';
import { changeLines } from './diff-changes.js';
import { schemaSection } from './diff-schema.js';
import { statLines, totalLines } from './diff-stat.js';
import { type DiffWriter, signStyle } from './diff-style.js';
import { escapeText } from './escape.js';

/** What of a comparison is shown to people. */
export interface DiffTextOptions {
  readonly width: number;
  readonly colour: boolean;
  /** No changes: only how many. */
  readonly stat?: boolean;
  /** Of changes only their keys. */
  readonly keys?: boolean;
}

/** A comparison for people: schema, changes, and a bar for each state. Everything from the snapshots is escaped. */
export function textWriter({ width, colour, stat = false, keys = false }: DiffTextOptions): DiffWriter {
  const style = signStyle(colour);
  let changes = 0;
  return {
    *head(view: DiffView) {
      yield style.heading(`--- ${escapeText(view.old.path)}`);
      yield style.heading(`+++ ${escapeText(view.new.path)}`);
      const schema = [...schemaSection(view, width, style)];
      if (schema.length > 0) yield '';
      yield* schema;
    },
    *change(change: EntryChange) {
      if (stat) return;
      if (changes++ === 0) yield '';
      yield* changeLines(change, width, style, keys);
    },
    *tail(view: DiffView) {
      const bars = [...statLines(view, width, style)];
      if (bars.length > 0) yield '';
      yield* bars;
      yield '';
      yield* totalLines(view, width, style, stat);
    },
  };
}

/** A whole comparison as text. */
export function* diffText(view: DiffView, width: number, colour: boolean): Iterable<string> {
  const writer = textWriter({ width, colour });
  yield* writer.head(view);
  for (const change of view.changes) yield* writer.change(change);
  yield* writer.tail(view);
}
