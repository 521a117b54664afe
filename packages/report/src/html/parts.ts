import type { SnapshotSummary } from '@statewright/inspect';
import { escapeText } from '../text/escape.js';
import { formatBytes, formatCount } from '../text/numbers.js';
import { snapshotFacts } from '../text/snapshot-text.js';
import type { Bar, PageCell, TableSection, Tone } from './page-model.js';

/** A chart has at most this many bars; the rest of them is one more. */
const MAX_BARS = 24;
/** A long value is cut: a page must open. */
const MAX_TEXT = 4000;

/** A cell with a text of the data. */
export function textCell(text: string, tone?: Tone): PageCell {
  const shown = shorten(escapeText(text));
  return tone === undefined ? { text: shown } : { text: shown, tone };
}

/** A count, sorted as a number; nothing where nobody knows. */
export function countCell(count: number | null | undefined, tone?: Tone): PageCell {
  if (count === null || count === undefined) return { text: '', sort: -1 };
  const cell = { text: formatCount(count), sort: count };
  return tone === undefined || count === 0 ? cell : { ...cell, tone };
}

/** Bytes, sorted as a number; nothing where nobody knows. */
export function bytesCell(bytes: number | null | undefined): PageCell {
  return bytes === null || bytes === undefined
    ? { text: '', sort: -1 }
    : { text: formatBytes(bytes), sort: bytes };
}

/** The largest bars first; those that do not fit as one. Empty ones are left out. */
export function topBars(bars: readonly Bar[]): Bar[] {
  const sizeOf = ({ values }: Bar) => values.reduce((sum, value) => sum + value, 0);
  const sorted = bars.filter((bar) => sizeOf(bar) > 0).sort((a, b) => sizeOf(b) - sizeOf(a));
  if (sorted.length <= MAX_BARS) return sorted;
  const rest = sorted.slice(MAX_BARS);
  const values = rest[0]!.values.map((_, i) => rest.reduce((sum, bar) => sum + bar.values[i]!, 0));
  return [...sorted.slice(0, MAX_BARS), { label: `${formatCount(rest.length)} smaller ones`, values }];
}

/** What a snapshot is, a fact each. */
export function factsOf(snapshot: SnapshotSummary): string[] {
  return snapshotFacts(snapshot).map(escapeText);
}

/** A text that does not fit on a page, with how much of it is missing. */
export function shorten(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  return `${text.slice(0, MAX_TEXT)}… (${formatCount(text.length - MAX_TEXT)} more characters)`;
}

/** A table without the columns that are empty in every row. */
export function withoutEmpty(table: TableSection): TableSection {
  const used = table.columns.map((_, i) => table.rows.some(({ cells }) => cells[i]!.text !== ''));
  return {
    ...table,
    columns: table.columns.filter((_, i) => used[i]),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.filter((_, i) => used[i]) })),
  };
}
