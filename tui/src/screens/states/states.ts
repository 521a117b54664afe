import type { OperatorView, StateStats, StateView } from '@statewright/inspect';
import { escapeText, formatBytes, formatCount, plural, wrap } from '@statewright/report';
import { LIST_START, type ListState, withListMoved } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { commandLine } from '../../data/command-line.js';
import type { StateName } from '../../data/place.js';
import { BLANK, type Line, line, type Span } from '../../line/line.js';
import { placeOfState } from '../../plan/planned-states.js';
import { planWishes } from '../../plan/press.js';
import { planKeys } from '../../plan/verbs.js';
import type { Screen, ScreenContext, Wishes } from '../../screen.js';
import { bytesOf, type Counted, countStates, entriesOf } from '../stats/count.js';

/** Which operator, and where the cursor is. */
export interface StatesState {
  readonly operator: string;
  readonly list: ListState;
  /** What the states hold; undefined where the operator is too large to be counted unasked. */
  readonly counted: Counted | undefined;
}

/** An operator of more bytes is read only when somebody asks for its statistics. */
const COUNTED_UNASKED = 256 * 1024 * 1024;

const NOTHING: Counted = { states: [], unread: [], share: 0 };

/** A figure of a state once all is counted; empty where it cannot be. */
function figure(counted: Counted, { name, kind }: StateView, shown: (stats: StateStats) => string): Span {
  if (counted.share < 1) return { text: '…', role: 'dim' };
  const stats = counted.states.find((each) => each.name === name && each.kind === kind);
  return { text: stats === undefined ? '' : shown(stats), role: 'number' };
}

function countColumns(counted: Counted): readonly Column<StateView>[] {
  return [
    {
      head: 'ENTRIES',
      cell: (each) => figure(counted, each, (stats) => formatCount(entriesOf(stats))),
      align: 'end',
      optional: 4,
    },
    {
      head: 'BYTES',
      cell: (each) => figure(counted, each, (stats) => formatBytes(bytesOf(stats))),
      align: 'end',
      optional: 3,
    },
  ];
}

const TYPE_COLUMNS: readonly Column<StateView>[] = [
  {
    head: 'STATE',
    cell: (each) => ({ text: escapeText(each.name), role: 'key' }),
    most: 0.75,
    cut: 'middle',
  },
  { head: 'KIND', cell: (each) => each.kind },
  { head: 'KEY', cell: (each) => ({ text: escapeText(each.key ?? ''), role: 'type' }), optional: 2 },
  {
    head: 'VALUE',
    cell: (each) => ({ text: escapeText(each.brief), role: 'type' }),
    grows: true,
    optional: 0,
  },
  { head: 'TTL', cell: (each) => (each.ttl ? 'ttl' : ''), optional: 1 },
  {
    head: '',
    cell: (each) => (each.opaque.length > 0 ? { text: `${each.opaque.length} opaque`, role: 'opaque' } : ''),
  },
];

/** The columns that have something to say. */
function columnsOf({ counted }: StatesState, states: readonly StateView[]): readonly Column<StateView>[] {
  const types = TYPE_COLUMNS.filter(({ head }) => head !== 'TTL' || states.some(({ ttl }) => ttl));
  return counted === undefined ? types : [...types, ...countColumns(counted)];
}

function operatorOf(state: StatesState, { session }: ScreenContext): OperatorView {
  return session.overview.operators.find(({ id }) => id === state.operator)!;
}

const OPERATOR_KINDS: ReadonlySet<string> = new Set(['operator-list', 'union-list', 'broadcast']);

/** The name of the state under the cursor; undefined where there is none. */
function chosen(state: StatesState, context: ScreenContext): StateName | undefined {
  const own = operatorOf(state, context).states[state.list.cursor];
  return own === undefined ? undefined : { operator: state.operator, state: own.name, kind: own.kind };
}

/** Where a key leads. */
function pressed(state: StatesState, key: string, context: ScreenContext): Wishes | undefined {
  if (key === 's') return { go: { to: 'stats', args: { operator: state.operator } } };
  const name = chosen(state, context);
  if (name === undefined) return undefined;
  const ofOperator = OPERATOR_KINDS.has(name.kind);
  if (key === 'enter' || key === 'right') {
    return { go: { to: ofOperator ? 'operator-state' : 'keys', args: name } };
  }
  if (key === 't') return { go: { to: 'schema', args: name } };
  if (key === 'h')
    return ofOperator
      ? { say: 'operator state has no key groups' }
      : { go: { to: 'key-groups', args: name } };
  return planWishes(key, placeOfState(context.session, name));
}

/** Why no state is listed: there is none, or nobody can tell. */
function noStates({ streams }: OperatorView, width: number): readonly Line[] {
  const [problem, ...others] = streams.flatMap((stream) => stream.problem ?? []);
  if (problem === undefined) return [line('this operator holds no state that has a name', 'dim')];
  const why = wrap(`its states cannot be read: ${escapeText(problem)}`, Math.max(8, width));
  const rows = why.map((row) => line(row, 'warn'));
  if (others.length === 0) return rows;
  return [...rows, BLANK, line(`:files has ${plural(others.length, 'more stream')} like it`, 'dim')];
}

/** The states of one operator. */
export const statesScreen: Screen<StatesState, { readonly operator: string }> = {
  id: 'states',
  keys: [
    { keys: 'enter', does: 'keys' },
    { keys: 'h', does: 'key groups' },
    { keys: 's', does: 'statistics' },
    { keys: 't', does: 'types' },
    ...planKeys(['r', 'D', 'C', 'T']),
  ],
  open({ operator }, context) {
    const state: StatesState = { operator, list: LIST_START, counted: undefined };
    const { stateBytes, states } = operatorOf(state, context);
    if (stateBytes > COUNTED_UNASKED || states.length === 0) return { state };
    const count = { ...countStates(operator, context), label: '' };
    return { state: { ...state, counted: NOTHING }, wishes: { effects: [count] } };
  },
  update(state, event, context) {
    if (event.type === 'data') return { state: { ...state, counted: event.data as Counted } };
    if (event.type !== 'key') return { state };
    const wishes = pressed(state, event.key, context);
    if (wishes !== undefined) return { state, wishes };
    const { states } = operatorOf(state, context);
    return { state: withListMoved(state, event.key, states.length, context.size.height - 1) };
  },
  view(state, context) {
    const operator = operatorOf(state, context);
    const { states } = operator;
    if (states.length === 0) return noStates(operator, context.size.width);
    return tableLines(columnsOf(state, states), states, state.list, context.size.height, context.size.width);
  },
  title: (state, context) => {
    const { uid, name, id } = operatorOf(state, context);
    return escapeText(uid ?? name ?? id.slice(0, 8));
  },
  command: (state, { session }) => commandLine('schema', session.path, state.operator),
};
