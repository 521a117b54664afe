import { splitReadable } from '@statewright/inspect';
import { escapeText, formatCount, plural } from '@statewright/report';
import {
  moveTree,
  type TreeItem,
  type TreeRow,
  type TreeState,
  treeLines,
  treeRows,
  treeWith,
} from '../../components/tree/tree.js';
import { clipboardOf } from '../../data/clipboard.js';
import { commandLine } from '../../data/command-line.js';
import { type StateName, stateOf } from '../../data/place.js';
import { BLANK, type Line, line } from '../../line/line.js';
import type { Screen, ScreenContext, Step } from '../../screen.js';
import { unreadableLines } from '../unreadable.js';
import { type Elements, elementItems, MOST_ELEMENTS, readElements } from './elements.js';

/** Elements of an operator state, and which of them are open. */
export interface OperatorStateState {
  readonly name: StateName;
  /** Why it cannot be read. */
  readonly unreadable: string | undefined;
  readonly elements: Elements;
  readonly items: readonly TreeItem[];
  readonly tree: TreeState;
}

const HEAD_ROWS = 2;

function open(name: StateName, context: ScreenContext): Step<OperatorStateState> {
  const own = stateOf(context.session, name)!;
  const unreadable = splitReadable([own]).unreadable[0]?.why;
  const elements: Elements = { list: [], count: 0, subtasks: 0, done: unreadable !== undefined };
  const state = { name, unreadable, elements, items: [], tree: treeWith([]) };
  if (unreadable !== undefined) return { state };
  return { state, wishes: { effects: [readElements(name, context)] } };
}

function headLine({ name, elements }: OperatorStateState): Line {
  const { count, subtasks, done, list } = elements;
  const copies = name.kind === 'broadcast' ? 'with a copy of all of it each' : 'in the order of the subtasks';
  const facts = [
    name.kind,
    plural(
      count,
      name.kind === 'broadcast' ? 'entry' : 'element',
      name.kind === 'broadcast' ? 'entries' : 'elements',
    ),
    `${plural(subtasks, 'subtask')} ${copies}`,
    ...(count > list.length ? [`the first ${formatCount(MOST_ELEMENTS)} are shown`] : []),
    ...(done ? [] : ['still reading']),
  ];
  return line(facts.join(' · '), done ? 'dim' : 'warn');
}

function rowsOf({ items, tree }: OperatorStateState): readonly TreeRow[] {
  return treeRows(items, tree.open);
}

function copied(state: OperatorStateState): Step<OperatorStateState> {
  const item = rowsOf(state)[state.tree.list.cursor]?.item;
  if (item === undefined || !('value' in item)) return { state };
  return { state, wishes: clipboardOf(item.value) };
}

/** Elements of operator lists, entries of broadcast state. */
export const operatorStateScreen: Screen<OperatorStateState, StateName> = {
  id: 'operator-state',
  keys: [
    { keys: 'enter', does: 'open' },
    { keys: 'y', does: 'copy as JSON' },
  ],
  open,
  update(state, event, context) {
    if (event.type === 'data') {
      const elements = event.data as Elements;
      return { state: { ...state, elements, items: elementItems(elements) } };
    }
    if (event.type !== 'key') return { state };
    if (event.key === 'y') return copied(state);
    const tree = moveTree(state.tree, event.key, rowsOf(state), context.size.height - HEAD_ROWS);
    return { state: tree === undefined ? state : { ...state, tree } };
  },
  view(state, context) {
    const { height, width } = context.size;
    if (state.unreadable !== undefined) return unreadableLines(state.name, state.unreadable, context);
    const rows = rowsOf(state);
    const head = [headLine(state), BLANK];
    if (rows.length === 0) return state.elements.done ? [...head, line('it holds nothing', 'dim')] : head;
    return [...head, ...treeLines(rows, state.tree, { height: height - HEAD_ROWS, width })];
  },
  title: ({ name }) => escapeText(name.state),
  command: ({ name }, { session }) => commandLine('export', session.path, addressIn(name, session)),
};

function addressIn({ operator, state }: StateName, { overview }: ScreenContext['session']): string {
  const own = overview.operators.find(({ id }) => id === operator);
  return own?.states.find(({ name }) => name === state)?.address ?? `${operator}/${state}`;
}
