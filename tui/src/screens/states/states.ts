import type { OperatorView, StateView } from '@statewright/inspect';
import { escapeText } from '@statewright/report';
import { LIST_START, type ListState, moveList } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { line } from '../../line/line.js';
import type { Screen, ScreenContext } from '../../screen.js';

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

/** The states of one operator. */
export const statesScreen: Screen<StatesState, { readonly operator: string }> = {
  id: 'states',
  keys: [{ keys: 'enter', does: 'keys' }],
  open: ({ operator }) => ({ state: { operator, list: LIST_START } }),
  update(state, event, context) {
    if (event.type !== 'key') return { state };
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
