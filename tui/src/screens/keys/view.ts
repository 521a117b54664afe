import { escapeText, formatBytes, formatCount } from '@statewright/report';
import { type Column, tableLines } from '../../components/list/table.js';
import type { KeyRow } from '../../data/key-row.js';
import { BLANK, type Line, line, type Span } from '../../line/line.js';
import type { ScreenContext } from '../../screen.js';
import { unreadableLines } from '../unreadable.js';
import { type KeysState, shownRows } from './state.js';

/** Rows above the first key: where it is, and the heads of columns. */
export const HEAD_ROWS = 2;

const COLUMNS: readonly Column<KeyRow>[] = [
  {
    head: 'GROUP',
    cell: ({ keyGroup }) => ({ text: String(keyGroup), role: 'dim' }),
    align: 'end',
    optional: 3,
  },
  { head: 'KEY', cell: ({ key }) => ({ text: escapeText(key), role: 'key' }), most: 0.4 },
  { head: 'NAMESPACE', cell: ({ namespace }) => escapeText(namespace ?? ''), optional: 1, most: 0.3 },
  {
    head: 'BYTES',
    cell: ({ valueBytes }) => ({ text: formatBytes(valueBytes), role: 'number' }),
    align: 'end',
    optional: 2,
  },
  { head: 'VALUE', cell: ({ value }) => escapeText(value), grows: true },
];

function columnsFor(rows: readonly KeyRow[]): readonly Column<KeyRow>[] {
  const named = rows.some(({ namespace }) => namespace !== undefined);
  return named ? COLUMNS : COLUMNS.filter(({ head }) => head !== 'NAMESPACE');
}

/** Key group, how much of it all is loaded, filters and order. */
function headLine(state: KeysState, shown: readonly KeyRow[]): Line {
  const { sections, filters, sort, reading, rows } = state;
  const row = shown[state.list.cursor];
  const last = sections.at(-1)?.keyGroup ?? 0;
  const parts: Span[] = [];
  if (row !== undefined) parts.push({ text: `key group ${row.keyGroup} of 0 to ${last}` });
  const ends = `${state.atStart ? '' : 'some of '}`;
  if (row !== undefined && !(state.atStart && state.atEnd))
    parts.push({ text: `entry ${formatCount(row.spot.offset + 1)} in it`, role: 'dim' });
  if (state.atStart && state.atEnd)
    parts.push({ text: `${ends}${formatCount(rows.length)} in all`, role: 'dim' });
  for (const { text } of filters) parts.push({ text: `/${escapeText(text)}`, role: 'match' });
  if (sort !== 'file') parts.push({ text: `by ${sort}`, role: 'warn' });
  if (reading !== undefined && filters.length > 0) {
    parts.push({ text: `searching: ${reading.done} of ${sections.length} key groups`, role: 'warn' });
  }
  return { spans: parts.flatMap((part, i) => (i === 0 ? [part] : [{ text: ' · ' }, part])) };
}

/** The head and the visible rows. */
export function keysLines(state: KeysState, context: ScreenContext): readonly Line[] {
  const { size } = context;
  if (state.unreadable !== undefined) return unreadableLines(state.args, state.unreadable, context);
  const shown = shownRows(state);
  const head = headLine(state, shown);
  if (shown.length === 0) return [head, BLANK, line(nothing(state), 'dim')];
  return [head, ...tableLines(columnsFor(shown), shown, state.list, size.height - 1, size.width)];
}

function nothing({ reading, filters }: KeysState): string {
  if (reading !== undefined) return 'reading…';
  return filters.length === 0 ? 'no entries' : 'no key passes the filter: u undoes it';
}
