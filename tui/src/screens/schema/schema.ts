import { plural } from '@statewright/report';
import { scrollTo } from '../../components/list/state.js';
import {
  moveTree,
  type TreeRow,
  type TreeState,
  treeLines,
  treeRows,
  treeWith,
} from '../../components/tree/tree.js';
import { type StateName, stateOf } from '../../data/place.js';
import { BLANK, type Line, line } from '../../line/line.js';
import { type PlannedRow, plannedRows } from '../../plan/planned-states.js';
import { planWishes } from '../../plan/press.js';
import { retryDraft } from '../../plan/retry-draft.js';
import { planKeys } from '../../plan/verbs.js';
import type { Screen, ScreenContext, Step } from '../../screen.js';
import { stateItem, type TypeItem } from './items.js';

/** The types of one state, of an operator's (32 hex digits), or of all. */
export type SchemaArgs = StateName | { readonly operator: string } | undefined;

/** Which types, and what of them is open. */
export interface SchemaState {
  readonly args: SchemaArgs;
  readonly tree: TreeState;
  /** The path of the row that the cursor was put on: it may have moved with a step of the plan. */
  readonly under: string | undefined;
}

const HEAD_ROWS = 2;

function rowsOf({ args }: SchemaState, { session }: ScreenContext): readonly PlannedRow[] {
  const rows = plannedRows(session);
  if (args === undefined) return rows;
  if (!('state' in args)) return rows.filter(({ operator }) => operator === args.operator);
  const wanted = stateOf(session, args);
  return rows.filter(({ was }) => was === wanted);
}

function treeOf(state: SchemaState, context: ScreenContext): readonly TreeRow[] {
  const items = rowsOf(state, context).map((row) => stateItem(context.session, row));
  return treeRows(items, state.tree.open);
}

/** The tree with the cursor on the row that it was put on, wherever that is now. */
function settled({ tree, under }: SchemaState, rows: readonly TreeRow[], height: number): TreeState {
  const at = under === undefined ? -1 : rows.findIndex(({ path }) => path === under);
  const cursor = at < 0 ? tree.list.cursor : at;
  return { ...tree, list: scrollTo(tree.list, cursor, rows.length, height) };
}

function pressed(state: SchemaState, key: string, context: ScreenContext): Step<SchemaState> {
  const rows = treeOf(state, context);
  const height = visibleRows(context);
  const tree = settled(state, rows, height);
  const item = rows[tree.list.cursor]?.item as TypeItem | undefined;
  const wishes = item === undefined ? undefined : planWishes(key, item.place);
  const under = rows[tree.list.cursor]?.path;
  if (wishes !== undefined) return { state: { ...state, tree, under }, wishes };
  const moved = moveTree(tree, key, rows, height);
  if (moved === undefined) return { state };
  return { state: { ...state, tree: moved, under: rows[moved.list.cursor]?.path } };
}

function visibleRows({ size }: ScreenContext): number {
  return Math.max(1, size.height - HEAD_ROWS);
}

function headLine({ session }: ScreenContext, states: number): Line {
  const { steps, tried } = session.draft;
  if (steps.length === 0) return line(plural(states, 'state'), 'dim');
  const count = plural(steps.length, 'step');
  if (tried === undefined) return line(`as it is, not behind the ${count} of the plan yet`, 'warn');
  if (tried.error !== undefined) return line(`as it is: the plan does not fit, :plan says why`, 'bad');
  return line(`behind the ${count} of the plan: + new, - left out, ~ changed, > renamed`, 'warn');
}

/** What is inside of lists, maps and values with TTL. */
const INNER = ['/value/element', '/value/value', '/value/element/value', '/value/value/value'];

/** The types of keys, namespaces and values, as the plan leaves them: where steps on fields and types are put together. */
export const schemaScreen: Screen<SchemaState, SchemaArgs> = {
  id: 'schema',
  palette: 'types of all states, and steps on fields',
  keys: [{ keys: 'enter', does: 'open or close' }, ...planKeys(['r', 'D', 't', 'A', 'R', 'C', 'T'])],
  open(args, context) {
    const { session } = context;
    const isOne = args !== undefined && 'state' in args;
    const state = { args, tree: treeWith([]), under: undefined };
    const own = isOne ? treeOf(state, context)[0]?.path : undefined;
    // One state is open down to the fields of its value.
    const open = own === undefined ? [] : ['', '/key', '/value', ...INNER].map((below) => own + below);
    return { state: { ...state, tree: treeWith(open) }, wishes: { effects: retryDraft(session) } };
  },
  update(state, event, context) {
    // What has arrived is in the draft; the state is new so that it is drawn.
    if (event.type === 'data') return { state: { ...state } };
    return event.type === 'key' ? pressed(state, event.key, context) : { state };
  },
  view(state, context) {
    const { size } = context;
    const rows = treeOf(state, context);
    const height = visibleRows(context);
    const states = rowsOf(state, context).length;
    const tree = settled(state, rows, height);
    return [headLine(context, states), BLANK, ...treeLines(rows, tree, { height, width: size.width })];
  },
  title: () => 'types',
  command: ({ args }, { session }) => {
    const own =
      args === undefined ? '' : 'state' in args ? ` ${args.operator}/${args.state}` : ` ${args.operator}`;
    return `schema ${session.path}${own}`;
  },
};
