import { escapeText, formatBytes, plural } from '@statewright/report';
import { LIST_START, type ListState, moveList, scrollTo } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { distanceText } from '../../data/life.js';
import { BLANK, type Line, line } from '../../line/line.js';
import type { Screen, ScreenContext, Step, Wishes } from '../../screen.js';
import { findSnapshots, type Listed, type Opened, openEffect, type SnapshotRow } from './find-snapshots.js';

/** Whose snapshots: without it those beside the one that is browsed. */
export interface CheckpointsArgs {
  /** Absolute. */
  readonly directory: string;
}

/** The snapshots of a directory. */
export interface CheckpointsState {
  /** As it was asked for. */
  readonly directory: string | undefined;
  readonly listed: Listed;
  readonly list: ListState;
  /** Whether the cursor was moved: until then it stays on the snapshot that is browsed. */
  readonly moved: boolean;
}

const HEAD_ROWS = 2;

function columns(now: number): readonly Column<SnapshotRow>[] {
  return [
    { head: '', cell: ({ browsed }) => (browsed ? { text: '*', role: 'good' } : '') },
    {
      head: 'SNAPSHOT',
      cell: ({ name }) => ({ text: escapeText(name), role: 'key' }),
      grows: true,
      cut: 'middle',
      least: 30,
    },
    { head: 'ID', cell: ({ about }) => about?.id ?? '', align: 'end', optional: 1 },
    { head: 'KIND', cell: ({ about }) => about?.kind ?? '', optional: 3 },
    {
      head: 'WRITTEN',
      cell: ({ modifiedMillis }) => distanceText(BigInt(Math.trunc(modifiedMillis)), now),
      align: 'end',
    },
    { head: 'STATES', cell: ({ about }) => about?.states ?? '', align: 'end', optional: 2 },
    {
      head: 'BYTES',
      cell: ({ about, problem }) =>
        problem === undefined
          ? about === undefined
            ? ''
            : formatBytes(about.stateBytes)
          : { text: 'unreadable', role: 'bad' },
      align: 'end',
    },
  ];
}

function headLine({ directory, rows, incomplete, done }: Listed): Line {
  const facts = [
    plural(rows.length, 'snapshot'),
    ...(incomplete.length > 0 ? [`${incomplete.length} without _metadata`] : []),
    ...(done ? [] : ['still looking']),
    escapeText(directory),
  ];
  return line(facts.join(' · '), 'dim');
}

function arrived(state: CheckpointsState, listed: Listed, context: ScreenContext): CheckpointsState {
  if (state.moved) return { ...state, listed };
  const own = listed.rows.findIndex(({ browsed }) => browsed);
  const list = scrollTo(state.list, Math.max(0, own), listed.rows.length, visibleRows(context));
  return { ...state, listed, list };
}

function visibleRows({ size }: ScreenContext): number {
  return Math.max(1, size.height - HEAD_ROWS - 1);
}

/** Where a key leads from a row. */
function pressed(key: string, row: SnapshotRow, context: ScreenContext): Wishes | undefined {
  if (row.problem !== undefined && (key === 'enter' || key === 'd')) return { say: row.problem };
  if (row.browsed && key === 'd') return { say: 'this is the snapshot that is browsed: choose another one' };
  if (key === 'd') return { go: { to: 'diff', args: { path: row.path } } };
  if (key !== 'enter' && key !== 'right') return undefined;
  if (row.browsed) return { go: { to: 'overview', args: undefined } };
  return { effects: [openEffect(row.path, context)] };
}

/** The savepoints and checkpoints of a directory, the newest first: to be opened, or compared with. */
export const checkpointsScreen: Screen<CheckpointsState, CheckpointsArgs | undefined> = {
  id: 'checkpoints',
  palette: 'other snapshots in the same directory',
  keys: [
    { keys: 'enter', does: 'browse it' },
    { keys: 'd', does: 'what changed since' },
  ],
  open(args, context) {
    const directory = args?.directory;
    const listed: Listed = { directory: directory ?? '', rows: [], incomplete: [], done: false };
    const state = { directory, listed, list: LIST_START, moved: false };
    return { state, wishes: { effects: [findSnapshots(directory, context)] } };
  },
  update(state, event, context): Step<CheckpointsState> {
    if (event.type === 'data') {
      const data = event.data as Listed | Opened;
      if (!('session' in data)) return { state: arrived(state, data, context) };
      return { state, wishes: { go: { to: 'overview', args: undefined, session: data.session } } };
    }
    if (event.type !== 'key') return { state };
    const { rows } = state.listed;
    const row = rows[state.list.cursor];
    const wishes = row === undefined ? undefined : pressed(event.key, row, context);
    if (wishes !== undefined) return { state, wishes };
    const list = moveList(state.list, event.key, rows.length, visibleRows(context));
    return { state: list === undefined ? state : { ...state, list, moved: true } };
  },
  view(state, { size, session }) {
    const { rows } = state.listed;
    const head = [headLine(state.listed), BLANK];
    if (rows.length === 0) return head;
    return [
      ...head,
      ...tableLines(columns(session.now()), rows, state.list, size.height - HEAD_ROWS, size.width),
    ];
  },
  title: ({ directory }) =>
    directory === undefined ? 'checkpoints' : escapeText(directory.slice(directory.lastIndexOf('/') + 1)),
};
