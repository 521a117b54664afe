import type { DiffCounts, OperatorDiff, StateDiff } from '@statewright/inspect';
import { escapeText, formatCount, plural, wrap } from '@statewright/report';
import { LIST_START, type ListState, withListMoved } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { commandLine } from '../../data/command-line.js';
import { shortAddress } from '../../data/short-address.js';
import { BLANK, type Line, line, type Role, type Span } from '../../line/line.js';
import type { Screen, ScreenContext, Step } from '../../screen.js';
import type { ChangeRow } from './change-row.js';
import { type Compared, compareWith } from './compare.js';

/** The other snapshot; from the palette there is none yet. */
export interface DiffArgs {
  readonly path: string;
}

/** What is compared, and how far. */
export interface DiffState {
  /** Of the other snapshot; undefined until it is named. */
  readonly path: string | undefined;
  /** Whether the other one is the old side. */
  readonly older: boolean;
  readonly request: number;
  readonly compared: Compared | undefined;
  readonly list: ListState;
}

/** An operator that is not the same, or a state. */
type Row = { readonly operator: OperatorDiff } | { readonly state: StateDiff };

const HEAD_ROWS = 3;
const SIGNS = { both: ' ', old: '-', new: '+' } as const;
const VERDICTS: { readonly [verdict in StateDiff['verdict']]: Role } = {
  same: 'dim',
  differs: 'warn',
  unknown: 'opaque',
};
const ORDER = ['differs', 'unknown', 'same'];

function rowsOf({ compared }: DiffState): readonly Row[] {
  if (compared === undefined) return [];
  const { operators, states } = compared.view;
  const changed = operators.filter(
    ({ presence, differences }) => presence !== 'both' || differences.length > 0,
  );
  const sorted = [...states].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return [...changed.map((operator) => ({ operator })), ...sorted.map((state) => ({ state }))];
}

function nameCell(row: Row): Span {
  if ('state' in row)
    return {
      text: `${SIGNS[row.state.presence]} ${escapeText(shortAddress(row.state.address))}`,
      role: 'key',
    };
  const { operator, presence } = row.operator;
  return {
    text: `${SIGNS[presence]} ${escapeText(operator.uid ?? operator.name ?? shortAddress(operator.id))}`,
    role: 'strong',
  };
}

function verdictCell(row: Row): Span {
  if ('operator' in row) return { text: 'operator', role: 'warn' };
  const { verdict, schema } = row.state;
  return { text: schema.length > 0 ? 'type differs' : verdict, role: VERDICTS[verdict] };
}

/** While entries are compared, what has been found of a state so far. */
function countCell(of: 'added' | 'removed' | 'changed', changes: readonly ChangeRow[]) {
  return (row: Row): string => {
    if ('operator' in row) return '';
    const { counts, address } = row.state;
    const found = changes.reduce(
      (sum, each) => sum + Number(each.address === address && each.change === of),
      0,
    );
    return counts === null && found === 0 ? '' : formatCount(counts === null ? found : counts[of]);
  };
}

function columns({ changes }: Compared): readonly Column<Row>[] {
  return [
    { head: '  STATE', cell: nameCell, grows: true, least: 24, cut: 'middle' },
    { head: '', cell: verdictCell },
    { head: '+', cell: countCell('added', changes), align: 'end' },
    { head: '-', cell: countCell('removed', changes), align: 'end' },
    { head: '~', cell: countCell('changed', changes), align: 'end' },
    {
      head: 'SAME',
      cell: (row) =>
        'state' in row && row.state.counts !== null ? formatCount(sameOf(row.state.counts)) : '',
      align: 'end',
      optional: 1,
    },
  ];
}

function sameOf({ unchanged, touched }: DiffCounts): number {
  return unchanged + touched;
}

function headLines(state: DiffState, { session }: ScreenContext): readonly Line[] {
  const { compared, path, older } = state;
  const [old, now] = older ? [path ?? '', session.path] : [session.path, path ?? ''];
  const sides = [line(`- ${escapeText(old)}`, 'bad'), line(`+ ${escapeText(now)}`, 'good')];
  if (compared === undefined) return [...sides, BLANK];
  const { states, total } = compared.view;
  const count = (wanted: string) => states.filter(({ verdict }) => verdict === wanted).length;
  const facts = [
    `${plural(states.length, 'state')}, ${count('differs')} not the same`,
    ...(count('unknown') > 0 ? [`${count('unknown')} that cannot be told`] : []),
    ...(total === null || compared.share < 1
      ? []
      : [`${formatCount(total.old)} → ${plural(total.new, 'entry', 'entries')}`]),
    ...(compared.share < 1 ? [`${Math.floor(compared.share * 100)} % compared`] : []),
  ];
  return [...sides, line(facts.join(' · '), compared.share < 1 ? 'warn' : 'dim')];
}

function operatorLines({ operator, presence, differences }: OperatorDiff, width: number): readonly Line[] {
  const where = {
    both: 'in both snapshots',
    old: 'only in the old snapshot',
    new: 'only in the new snapshot',
  };
  const texts = differences.map(({ what, old, new: now }) => `${what}: ${old ?? 'none'} → ${now ?? 'none'}`);
  return [
    line(escapeText(operator.uid ?? operator.name ?? operator.id), 'strong'),
    line(where[presence], 'dim'),
    BLANK,
    ...texts.flatMap((text) => wrap(escapeText(text), width).map((each) => line(each))),
  ];
}

function compare(state: DiffState, path: string, older: boolean, context: ScreenContext): Step<DiffState> {
  const request = state.request + 1;
  const next = { path, older, request, compared: undefined, list: LIST_START };
  return { state: next, wishes: { effects: [compareWith({ path, older, request }, context)] } };
}

function openRow(state: DiffState, row: Row): Step<DiffState> {
  if ('operator' in row) {
    const lines = (width: number) => operatorLines(row.operator, width);
    return { state, wishes: { go: { to: 'text', args: { title: 'operator', lines } } } };
  }
  const changes = state.compared!.changes.filter(({ address }) => address === row.state.address);
  return { state, wishes: { go: { to: 'diff-state', args: { diff: row.state, changes } } } };
}

const ASK = { prompt: 'other', label: 'compare with the older snapshot:' } as const;

/** What is not the same in another snapshot: operators, types, entries. */
export const diffScreen: Screen<DiffState, DiffArgs | undefined> = {
  id: 'diff',
  palette: 'compare with another snapshot',
  keys: [
    { keys: 'enter', does: 'changes' },
    { keys: 'o', does: 'other way round' },
    { keys: 'd', does: 'another snapshot' },
  ],
  open(args, context) {
    const state: DiffState = {
      path: undefined,
      older: true,
      request: 0,
      compared: undefined,
      list: LIST_START,
    };
    return args === undefined ? { state, wishes: { ask: ASK } } : compare(state, args.path, true, context);
  },
  update(state, event, context) {
    if (event.type === 'data') return { state: { ...state, compared: event.data as Compared } };
    if (event.type === 'answer')
      return event.text.trim() === '' ? { state } : compare(state, event.text.trim(), true, context);
    if (event.key === 'd') return { state, wishes: { ask: ASK } };
    if (event.key === 'o' && state.path !== undefined)
      return compare(state, state.path, !state.older, context);
    const rows = rowsOf(state);
    const row = rows[state.list.cursor];
    if ((event.key === 'enter' || event.key === 'right') && row !== undefined) return openRow(state, row);
    return { state: withListMoved(state, event.key, rows.length, context.size.height - HEAD_ROWS - 1) };
  },
  view(state, context) {
    const { height, width } = context.size;
    const { compared, path, list } = state;
    if (path === undefined) return [line('d asks for the older snapshot', 'dim')];
    const head = headLines(state, context);
    if (compared === undefined) return head;
    return [...head, ...tableLines(columns(compared), rowsOf(state), list, height - HEAD_ROWS, width)];
  },
  title: () => 'diff',
  command: ({ path, older }, { session }) => {
    if (path === undefined) return undefined;
    return older ? commandLine('diff', path, session.path) : commandLine('diff', session.path, path);
  },
};
