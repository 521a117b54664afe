import { escapeText, formatBytes, plural, wrap } from '@statewright/report';
import { bar } from '../../components/bar.js';
import { LIST_START, type ListState, withListMoved } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { commandLine } from '../../data/command-line.js';
import { BLANK, type Line, line } from '../../line/line.js';
import type { Screen, ScreenContext } from '../../screen.js';
import { type FileRow, fileRows } from './rows.js';

/** Which order, and where the cursor is. */
export interface FilesState {
  readonly bySize: boolean;
  readonly list: ListState;
}

const HEAD_ROWS = 2;
const BAR = 10;

function columns(most: number): readonly Column<FileRow>[] {
  return [
    { head: 'FILE', cell: (each) => ({ text: escapeText(each.file), role: 'key' }), grows: true, least: 24 },
    { head: 'FORMAT', cell: (each) => each.format },
    { head: 'OPERATOR', cell: (each) => escapeText(each.operator), optional: 1 },
    { head: 'SUBTASK', cell: (each) => String(each.subtask), align: 'end', optional: 3 },
    { head: 'KEY GROUPS', cell: (each) => each.keyGroups, align: 'end', optional: 2 },
    { head: 'BYTES', cell: (each) => formatBytes(each.bytes), align: 'end' },
    { head: '', cell: (each) => ({ text: bar(each.bytes / most, BAR), role: 'good' }), optional: 4 },
  ];
}

function rowsOf({ bySize }: FilesState, { session }: ScreenContext): readonly FileRow[] {
  const rows = fileRows(session.overview);
  return bySize ? [...rows].sort((a, b) => b.bytes - a.bytes) : rows;
}

function detailLines(row: FileRow, width: number): readonly Line[] {
  const facts: readonly (readonly [string, string])[] = [
    ['file', row.file],
    ['format', row.format],
    ['operator', row.operator],
    ['subtask', String(row.subtask)],
    ['key groups', row.keyGroups],
    ['starts at byte', String(row.start)],
    ['bytes', `${formatBytes(row.bytes)} (${row.bytes})`],
    ['shared', row.shared ? 'with other checkpoints' : ''],
    ['problem', row.problem ?? ''],
  ];
  const known = facts.filter(([, text]) => text !== '');
  return [
    ...known.flatMap(([name, text]) => factLines(name, escapeText(text), width)),
    ...(row.states.length === 0 ? [] : [BLANK, line('states', 'heading')]),
    ...row.states.map((name) => line(`  ${escapeText(name)}`, 'key')),
  ];
}

const NAMES = 16;

/** A name, and beside it the text on as many rows as it needs. */
function factLines(name: string, text: string, width: number): readonly Line[] {
  return wrap(text, Math.max(8, width - NAMES)).map((row, i) => ({
    spans: [{ text: (i === 0 ? name : '').padEnd(NAMES), role: 'dim' }, { text: row }],
  }));
}

/** The streams and files of the snapshot: what lies where, and how large it is. */
export const filesScreen: Screen<FilesState, undefined> = {
  id: 'files',
  palette: 'files of the snapshot and what they hold',
  keys: [
    { keys: 'enter', does: 'what it holds' },
    { keys: 's', does: 'sort' },
  ],
  open: () => ({ state: { bySize: true, list: LIST_START } }),
  update(state, event, context) {
    if (event.type !== 'key') return { state };
    const rows = rowsOf(state, context);
    const chosen = rows[state.list.cursor];
    if (event.key === 's') return { state: { bySize: !state.bySize, list: LIST_START } };
    if ((event.key === 'enter' || event.key === 'right') && chosen !== undefined) {
      const args = { title: escapeText(chosen.file), lines: (width: number) => detailLines(chosen, width) };
      return { state, wishes: { go: { to: 'text', args } } };
    }
    return { state: withListMoved(state, event.key, rows.length, context.size.height - HEAD_ROWS - 1) };
  },
  view(state, context) {
    const { size, session } = context;
    const rows = rowsOf(state, context);
    const { metadataBytes, metadataVersion, stateBytes } = session.overview.snapshot;
    const facts = [
      plural(rows.length, 'stream or file', 'streams and files'),
      `${formatBytes(stateBytes)} of state`,
      `_metadata version ${metadataVersion}, ${formatBytes(metadataBytes)}`,
    ];
    const head = [line(facts.join(' · '), 'dim'), BLANK];
    if (rows.length === 0) return [...head, line('the snapshot holds no state', 'dim')];
    const most = Math.max(1, ...rows.map(({ bytes }) => bytes));
    return [...head, ...tableLines(columns(most), rows, state.list, size.height - HEAD_ROWS, size.width)];
  },
  title: () => 'files',
  command: (_, { session }) => commandLine('inspect', session.path, '--streams'),
};
