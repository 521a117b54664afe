import type { DiffView, EntryChange } from '@statewright/inspect';
import { jsonText } from '../json-text.js';
import type { DiffWriter } from './diff-style.js';

/**
 * A comparison as JSON lines, told apart by `record`: `diff` with both snapshots, `change` for each change, then
 * `operator`, `state` and `unread` with their counts, and `summary` last.
 */
export function ndjsonDiffWriter(): DiffWriter {
  const line = (record: string, part: object) => jsonText({ schemaVersion: 1, record, ...part });
  return {
    *head({ view, old, new: now }: DiffView) {
      yield line('diff', { view, old, new: now });
    },
    *change(change: EntryChange) {
      yield line('change', change);
    },
    *tail(view: DiffView) {
      for (const operator of view.operators) yield line('operator', operator);
      for (const state of view.states) yield line('state', state);
      for (const unread of view.unread) yield line('unread', unread);
      const { verdict, entries, ttl, total, equalKeyGroups, changesLeftOut } = view;
      yield line('summary', { verdict, entries, ttl, total, equalKeyGroups, changesLeftOut });
    },
  };
}
