import type { OperatorView, StateView } from '@statewright/inspect';
import { escapeText } from '@statewright/report';
import { LIST_START, type ListState, moveList } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import type { StateName } from '../../data/place.js';
import { addStep, stateInDraft } from '../../data/plan-draft.js';
import { line } from '../../line/line.js';
import type { Screen, ScreenContext, Wishes } from '../../screen.js';

/** Which operator, and where the cursor is. */
export interface StatesState {
  readonly operator: string;
  readonly list: ListState;
}

const COLUMNS: readonly Column<StateView>[] = [
  { head: 'STATE', cell: (each) => ({ text: escapeText(each.name), role: 'key' }) },
  { head: 'KIND', cell: (each) => each.kind },
  { head: 'KEY', cell: (each) => ({ text: escapeText(each.key ?? ''), role: 'type' }), optional: 2 },
  { head: 'VALUE', cell: (each) => ({ text: escapeText(each.brief), role: 'type' }), grows: true },
  { head: 'TTL', cell: (each) => (each.ttl ? 'ttl' : ''), optional: 1 },
  {
    head: '',
    cell: (each) => (each.opaque.length > 0 ? { text: `${each.opaque.length} opaque`, role: 'opaque' } : ''),
  },
];

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
  if (key === 'r') return { ask: { prompt: 'rename-state', label: 'rename to', text: name.state } };
  if (key === 'D') return { say: planned(state, 'drop-state', {}, context) };
  if (key !== 'h') return undefined;
  return ofOperator ? { say: 'operator state has no key groups' } : { go: { to: 'key-groups', args: name } };
}

/** Adds a step on the state under the cursor to the plan; gives what is said of it. */
function planned(state: StatesState, verb: string, more: object, context: ScreenContext): string {
  const { draft } = context.session;
  const operator = operatorOf(state, context);
  const { name, kind } = operator.states[state.list.cursor]!;
  if (kind === 'timer') return 'timers go by the name of their service: steps on them are written by hand';
  return addStep(draft, verb, { state: stateInDraft(draft, operator, name), ...more });
}

/** The states of one operator. */
export const statesScreen: Screen<StatesState, { readonly operator: string }> = {
  id: 'states',
  keys: [
    { keys: 'enter', does: 'keys' },
    { keys: 'h', does: 'key groups' },
    { keys: 's', does: 'statistics' },
    { keys: 'r', does: 'plan: rename' },
    { keys: 'D', does: 'plan: drop' },
  ],
  open: ({ operator }) => ({ state: { operator, list: LIST_START } }),
  update(state, event, context) {
    if (event.type === 'answer' && event.text !== '')
      return { state, wishes: { say: planned(state, event.prompt, { to: event.text }, context) } };
    if (event.type !== 'key') return { state };
    const wishes = pressed(state, event.key, context);
    if (wishes !== undefined) return { state, wishes };
    const { states } = operatorOf(state, context);
    const list = moveList(state.list, event.key, states.length, context.size.height - 1);
    return { state: list === undefined ? state : { ...state, list } };
  },
  view(state, context) {
    const { states } = operatorOf(state, context);
    if (states.length === 0) return [line('this operator holds no state that has a name', 'dim')];
    return tableLines(COLUMNS, states, state.list, context.size.height, context.size.width);
  },
  title: (state, context) => {
    const { uid, name, id } = operatorOf(state, context);
    return escapeText(uid ?? name ?? id.slice(0, 8));
  },
  command: (state, { session }) => `schema ${session.path} ${state.operator}`,
};
