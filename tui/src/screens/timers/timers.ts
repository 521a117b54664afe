import { escapeText, formatCount, plural } from '@statewright/report';
import { LIST_START, type ListState, withListMoved } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { commandLine } from '../../data/command-line.js';
import { timeText } from '../../data/key-row.js';
import { distanceText } from '../../data/life.js';
import { shortAddress } from '../../data/short-address.js';
import { BLANK, type Line, line } from '../../line/line.js';
import type { Screen, ScreenContext } from '../../screen.js';
import { type DueTimer, MOST_TIMERS, readTimers, type Timers } from './read-timers.js';

/** The timers that are due first, and where the cursor is. */
export interface TimersState {
  readonly timers: Timers;
  readonly list: ListState;
}

const HEAD_ROWS = 2;

const NAMESPACE: Column<DueTimer> = {
  head: 'NAMESPACE',
  cell: ({ namespace }) => escapeText(namespace),
  optional: 2,
};

function columns(now: number, first: readonly DueTimer[]): readonly Column<DueTimer>[] {
  const spaces = first.some(({ namespace }) => namespace !== '');
  return [
    { head: 'DUE', cell: ({ dueMillis }) => ({ text: timeText(dueMillis), role: 'number' }), optional: 1 },
    { head: 'IN', cell: ({ dueMillis }) => inText(dueMillis, now), align: 'end' },
    { head: 'KEY', cell: ({ key }) => ({ text: escapeText(key), role: 'key' }), most: 0.3 },
    ...(spaces ? [NAMESPACE] : []),
    {
      head: 'TIMERS',
      cell: ({ address }) => escapeText(shortAddress(address)),
      grows: true,
      least: 24,
      cut: 'middle',
      optional: 3,
    },
  ];
}

function inText(dueMillis: bigint, now: number) {
  const late = Number(dueMillis) <= now;
  return { text: distanceText(dueMillis, now), role: late ? ('warn' as const) : ('plain' as const) };
}

function headLine({ timers }: TimersState): Line {
  const { count, unread, done, first } = timers;
  const facts = [
    plural(count, 'timer'),
    ...(count > first.length ? [`the first ${formatCount(MOST_TIMERS)} are listed`] : []),
    ...(unread.length > 0 ? [`${plural(unread.length, 'queue')} cannot be read`] : []),
    ...(done ? [] : ['still reading']),
  ];
  return line(facts.join(' · '), done ? 'dim' : 'warn');
}

/** The timers of all operators, the one that is due first at the top. */
export const timersScreen: Screen<TimersState, undefined> = {
  id: 'timers',
  palette: 'timers by the time they are due',
  keys: [{ keys: 'G', does: 'last of the listed' }],
  open(_, context) {
    const timers: Timers = { first: [], count: 0, unread: [], done: false };
    return { state: { timers, list: LIST_START }, wishes: { effects: [readTimers(context)] } };
  },
  update(state, event, context) {
    if (event.type === 'data') return { state: { ...state, timers: event.data as Timers } };
    if (event.type !== 'key') return { state };
    const { first } = state.timers;
    return { state: withListMoved(state, event.key, first.length, context.size.height - HEAD_ROWS - 1) };
  },
  view(state, { size, session }: ScreenContext) {
    const { first, unread, done } = state.timers;
    const head = [headLine(state), BLANK];
    const problems = unread.map(({ address, why }) =>
      line(escapeText(`${shortAddress(address)}: ${why}`), 'warn'),
    );
    if (first.length === 0) return done ? [...head, line('no timer is known', 'dim'), ...problems] : head;
    return [
      ...head,
      ...tableLines(columns(session.now(), first), first, state.list, size.height - HEAD_ROWS, size.width),
    ];
  },
  title: () => 'timers',
  command: (_, { session }) => commandLine('stats', session.path),
};
