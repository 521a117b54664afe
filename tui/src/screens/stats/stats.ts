import type { StateStats } from '@statewright/inspect';
import {
  escapeText,
  formatBytes,
  formatCount,
  formatShare,
  parseDuration,
  plural,
} from '@statewright/report';
import { bar } from '../../components/bar.js';
import { LIST_START, type ListState, withListMoved } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { commandLine } from '../../data/command-line.js';
import { shortAddress } from '../../data/short-address.js';
import { BLANK, type Line, line } from '../../line/line.js';
import type { Screen, ScreenContext, Step } from '../../screen.js';
import { bytesOf, type Counted, countStates, entriesOf } from './count.js';
import { histogramLines } from './histogram.js';

/** Which states: those of one operator, or all. */
export interface StatsArgs {
  /** The operator's id. */
  readonly operator: string;
}

/** What has been counted so far, and how it is looked at. */
export interface StatsState {
  readonly operator: string | undefined;
  readonly counted: Counted;
  readonly sort: number;
  readonly list: ListState;
}

const HEAD_ROWS = 2;
const BAR = 12;

interface Sort {
  readonly name: string;
  compare(a: StateStats, b: StateStats): number;
}

const SORTS: readonly Sort[] = [
  { name: 'bytes', compare: (a, b) => bytesOf(b) - bytesOf(a) },
  { name: 'entries', compare: (a, b) => entriesOf(b) - entriesOf(a) },
  { name: 'largest value', compare: (a, b) => (b.valueBytes?.max ?? 0) - (a.valueBytes?.max ?? 0) },
  { name: 'expired', compare: (a, b) => (b.ttl?.expired ?? -1) - (a.ttl?.expired ?? -1) },
  { name: 'opaque bytes', compare: (a, b) => (b.opaque.bytes ?? 0) - (a.opaque.bytes ?? 0) },
];

function sizeOf(size: number | undefined): string {
  return size === undefined ? '' : formatBytes(size);
}

function columns(most: number): readonly Column<StateStats>[] {
  return [
    {
      head: 'STATE',
      cell: (each) => ({ text: escapeText(shortAddress(each.address)), role: 'key' }),
      grows: true,
      least: 28,
      cut: 'middle',
    },
    { head: 'ENTRIES', cell: (each) => formatCount(entriesOf(each)), align: 'end' },
    { head: 'BYTES', cell: (each) => formatBytes(bytesOf(each)), align: 'end' },
    { head: '', cell: (each) => ({ text: bar(bytesOf(each) / most, BAR), role: 'good' }), optional: 3 },
    { head: 'P50', cell: (each) => sizeOf(each.valueBytes?.p50), align: 'end', optional: 5 },
    { head: 'P99', cell: (each) => sizeOf(each.valueBytes?.p99), align: 'end', optional: 4 },
    { head: 'MAX', cell: (each) => sizeOf(each.valueBytes?.max), align: 'end', optional: 2 },
    {
      head: 'EXPIRED',
      cell: (each) => ({ text: expiredText(each), role: 'warn' }),
      align: 'end',
      optional: 1,
    },
    {
      head: 'OPAQUE',
      cell: (each) => ({ text: opaqueText(each), role: 'opaque' }),
      align: 'end',
      optional: 2,
    },
  ];
}

function expiredText({ ttl }: StateStats): string {
  if (ttl === null) return '';
  return ttl.expiredShare === null ? 'ttl ?' : formatShare(ttl.expiredShare);
}

function opaqueText({ opaque }: StateStats): string {
  return opaque.parts.length === 0 ? '' : formatShare(opaque.share ?? 0);
}

function sorted({ counted, sort }: StatsState): readonly StateStats[] {
  return [...counted.states].sort(SORTS[sort]!.compare);
}

function headLine(state: StatsState): Line {
  const { states, unread, share } = state.counted;
  const entries = states.reduce((sum, each) => sum + entriesOf(each), 0);
  const bytes = states.reduce((sum, each) => sum + bytesOf(each), 0);
  const facts = [
    plural(entries, 'entry', 'entries'),
    formatBytes(bytes),
    `by ${SORTS[state.sort]!.name}`,
    ...(share < 1 ? [`${Math.floor(share * 100)} % counted`] : []),
    ...(unread.length > 0 ? [`${unread.length} not counted`] : []),
  ];
  return line(facts.join(' · '), share < 1 ? 'warn' : 'dim');
}

/** The page of one state: how its sizes are spread, then all that stands out. */
function openState(state: StatsState, stats: StateStats, { session }: ScreenContext): Step<StatsState> {
  const view = { atMillis: session.now(), ttlMillis: session.ttlMillis ?? null };
  const args = {
    title: escapeText(stats.name),
    lines: (width: number) => histogramLines(stats, view, width),
    command: commandOf(session, stats.address),
  };
  return { state, wishes: { go: { to: 'text', args } } };
}

function commandOf({ path, ttlMillis }: ScreenContext['session'], address: string | undefined): string {
  const ttl = ttlMillis === undefined ? [] : ['--ttl', `${ttlMillis}ms`];
  return commandLine('stats', path, ...(address === undefined ? [] : [address]), ...ttl);
}

const ASK_TTL = { prompt: 'ttl', label: "time to live of the job's states (7d, 12h, PT30M):" } as const;

/** Tells the time to live, and counts anew what has expired. */
function toldTtl(state: StatsState, text: string, context: ScreenContext): Step<StatsState> {
  try {
    context.session.ttlMillis = parseDuration(text.trim());
  } catch (error) {
    return { state, wishes: { say: escapeText((error as Error).message) } };
  }
  return { state, wishes: { effects: [countStates(state.operator, context)] } };
}

function unreadLines({ counted }: StatsState): readonly Line[] {
  return counted.unread.map(({ address, why }) =>
    line(escapeText(`${shortAddress(address)} is not counted: ${why}`), 'warn'),
  );
}

/** Sizes of all states or of an operator's, filled while the snapshot is read. */
export const statsScreen: Screen<StatsState, StatsArgs | undefined> = {
  id: 'stats',
  palette: 'entries, sizes, expired and opaque shares of all states',
  keys: [
    { keys: 'enter', does: 'histogram' },
    { keys: 's', does: 'sort' },
    { keys: 't', does: 'time to live' },
  ],
  open(args, context) {
    const counted: Counted = { states: [], unread: [], share: 0 };
    const state = { operator: args?.operator, counted, sort: 0, list: LIST_START };
    return { state, wishes: { effects: [countStates(args?.operator, context)] } };
  },
  update(state, event, context) {
    if (event.type === 'data') return { state: { ...state, counted: event.data as Counted } };
    if (event.type === 'answer') return event.text === '' ? { state } : toldTtl(state, event.text, context);
    if (event.key === 't') return { state, wishes: { ask: ASK_TTL } };
    const rows = sorted(state);
    const chosen = rows[state.list.cursor];
    if ((event.key === 'enter' || event.key === 'right') && chosen !== undefined) {
      return openState(state, chosen, context);
    }
    if (event.key === 's') {
      return { state: { ...state, sort: (state.sort + 1) % SORTS.length, list: LIST_START } };
    }
    return { state: withListMoved(state, event.key, rows.length, context.size.height - HEAD_ROWS - 1) };
  },
  view(state, { size }) {
    const rows = sorted(state);
    const most = Math.max(1, ...rows.map(bytesOf));
    const unread = unreadLines(state);
    const room = size.height - HEAD_ROWS;
    const table = rows.length === 0 ? [] : tableLines(columns(most), rows, state.list, room, size.width);
    return [headLine(state), BLANK, ...table, ...(unread.length > 0 ? [BLANK, ...unread] : [])];
  },
  title: () => 'statistics',
  command: ({ operator }, { session }) => commandOf(session, operator),
};
