import { splitReadable } from '@statewright/inspect';
import { escapeText, formatCount } from '@statewright/report';
import { LIST_START, moveList } from '../../components/list/state.js';
import { commandLine } from '../../data/command-line.js';
import { filterOf } from '../../data/filter.js';
import { KEY_CHARS, type KeyRow } from '../../data/key-row.js';
import { type Spot, sectionsOf, stateOf } from '../../data/place.js';
import type { Screen, ScreenContext, Step } from '../../screen.js';
import { exportState } from './export.js';
import { findKey, readBackward, readForward } from './read.js';
import { type KeysArgs, type KeysData, type KeysState, SORTS, shownRows, withRows } from './state.js';
import { HEAD_ROWS, keysLines } from './view.js';

const START: Spot = { section: 0, offset: 0 };

function open(args: KeysArgs, context: ScreenContext): Step<KeysState> {
  const own = stateOf(context.session, args)!;
  const why = splitReadable([own]).unreadable[0]?.why;
  const sections = why === undefined ? sectionsOf(own) : [];
  const state: KeysState = {
    args,
    sections,
    unreadable: why,
    rows: [],
    atStart: false,
    atEnd: false,
    list: LIST_START,
    filters: [],
    sort: 'file',
    reading: undefined,
    request: 0,
    target: undefined,
  };
  if (why !== undefined) return { state };
  const section = sections.findIndex(({ keyGroup }) => keyGroup >= (args.keyGroup ?? 0));
  return restart(state, context, section < 0 ? START : { section, offset: 0 });
}

/** Forgets the rows and reads from a spot on. */
function restart(state: KeysState, context: ScreenContext, spot: Spot): Step<KeysState> {
  const next: KeysState = {
    ...state,
    rows: [],
    atStart: spot.section === 0 && spot.offset === 0,
    atEnd: false,
    list: LIST_START,
    request: state.request + 1,
    reading: { towards: 'end', done: 0 },
    target: undefined,
  };
  return { state: next, wishes: { effects: [readForward(next, context, { spot, inclusive: true })] } };
}

/** Forgets the rows and reads the last ones. */
function restartAtEnd(state: KeysState, context: ScreenContext): Step<KeysState> {
  const next: KeysState = {
    ...state,
    rows: [],
    atStart: false,
    atEnd: true,
    list: LIST_START,
    request: state.request + 1,
    reading: { towards: 'start', done: 0 },
  };
  const end = { section: state.sections.length, offset: 0 };
  return { state: next, wishes: { effects: [readBackward(next, context, end)] } };
}

function visibleRows({ size }: ScreenContext): number {
  return Math.max(1, size.height - HEAD_ROWS);
}

/** Reads on where the cursor comes near an end of what is loaded. */
function refill(state: KeysState, context: ScreenContext): Step<KeysState> {
  if (state.reading !== undefined || state.sort !== 'file' || state.rows.length === 0) return { state };
  const near = 2 * visibleRows(context);
  const { cursor } = state.list;
  if (!state.atEnd && cursor + near >= state.rows.length) {
    const reading = { towards: 'end', done: 0 } as const;
    const spot = state.rows.at(-1)!.spot;
    return {
      state: { ...state, reading },
      wishes: { effects: [readForward(state, context, { spot, inclusive: false })] },
    };
  }
  if (!state.atStart && cursor < near) {
    const reading = { towards: 'start', done: 0 } as const;
    const spot = state.rows[0]!.spot;
    return { state: { ...state, reading }, wishes: { effects: [readBackward(state, context, spot)] } };
  }
  return { state };
}

function arrived(state: KeysState, data: KeysData, context: ScreenContext): Step<KeysState> {
  if (data.type === 'found') return found(state, data, context);
  if (data.type === 'written') {
    return { state, wishes: { say: `${formatCount(data.lines)} lines are in ${escapeText(data.file)}` } };
  }
  if (data.request !== state.request) return { state };
  if (data.type === 'rows') return { state: withRows(state, data, visibleRows(context)) };
  return refill({ ...state, reading: undefined }, context);
}

function found(
  state: KeysState,
  { spot, key }: KeysData & { readonly type: 'found' },
  context: ScreenContext,
): Step<KeysState> {
  if (spot === undefined) return { state, wishes: { say: `no entry has the key ${escapeText(key)}` } };
  return restart({ ...state, filters: [], sort: 'file' }, context, spot);
}

/** Filters from the start on, or with one filter less. */
function filtered(state: KeysState, filters: KeysState['filters'], context: ScreenContext): Step<KeysState> {
  return restart({ ...state, filters }, context, START);
}

function answered(state: KeysState, prompt: string, text: string, context: ScreenContext): Step<KeysState> {
  if (text === '') return { state };
  if (prompt === 'export') return { state, wishes: { effects: [exportState(state, context, text)] } };
  if (prompt === 'goto') return { state, wishes: { effects: [findKey(state, context, text)] } };
  try {
    return filtered(state, [...state.filters, filterOf(text)], context);
  } catch (error) {
    return { state, wishes: { say: escapeText((error as Error).message) } };
  }
}

type Action = (state: KeysState, context: ScreenContext) => Step<KeysState>;

const ACTIONS = new Map<string, Action>([
  ['enter', openRow],
  ['right', openRow],
  ['g', (state) => ({ state, wishes: { ask: { prompt: 'goto', label: 'go to key:' } } })],
  [
    '/',
    (state) => ({
      state,
      wishes: { ask: { prompt: 'filter', label: 'keys with (-r regex, -f fuzzy, -v in value):' } },
    }),
  ],
  ['u', undo],
  ['s', sorted],
  ['y', copied],
  ['e', askExport],
  ['t', (state) => ({ state, wishes: { go: { to: 'schema', args: state.args } } })],
  [']', (state, context) => nextGroup(state, context, 1)],
  ['[', (state, context) => nextGroup(state, context, -1)],
  [
    'home',
    (state, context) => (state.atStart ? moved(state, 'home', context) : restart(state, context, START)),
  ],
  ['end', toEnd],
  ['G', toEnd],
]);

function toEnd(state: KeysState, context: ScreenContext): Step<KeysState> {
  return state.atEnd || state.sort !== 'file' ? moved(state, 'end', context) : restartAtEnd(state, context);
}

function rowUnder(state: KeysState): KeyRow | undefined {
  return shownRows(state)[state.list.cursor];
}

function openRow(state: KeysState): Step<KeysState> {
  const row = rowUnder(state);
  if (row === undefined) return { state };
  const args = { ...state.args, spot: row.spot, title: row.key };
  return { state, wishes: { go: { to: 'value', args } } };
}

function undo(state: KeysState, context: ScreenContext): Step<KeysState> {
  if (state.filters.length > 0) return filtered(state, state.filters.slice(0, -1), context);
  return { state, wishes: { say: 'there is no filter to undo' } };
}

function sorted(state: KeysState): Step<KeysState> {
  const sort = SORTS[(SORTS.indexOf(state.sort) + 1) % SORTS.length]!;
  const what = sort === 'file' ? 'in the order of the files' : `${state.rows.length} loaded rows by ${sort}`;
  return { state: { ...state, sort, list: LIST_START }, wishes: { say: what } };
}

function copied(state: KeysState): Step<KeysState> {
  const row = rowUnder(state);
  if (row === undefined) return { state };
  const say =
    row.key.length < KEY_CHARS
      ? 'the key is in the clipboard'
      : `the first ${KEY_CHARS} characters of the key are in the clipboard: the value's page copies all`;
  return { state, wishes: { copy: row.key, say } };
}

function askExport(state: KeysState, { session }: ScreenContext): Step<KeysState> {
  if (!session.mask.off) {
    return { state, wishes: { say: 'a whole state is not exported while --redact masks values' } };
  }
  const label = 'write all entries of the state as NDJSON to the new file:';
  return { state, wishes: { ask: { prompt: 'export', label, text: 'state.ndjson' } } };
}

function nextGroup(state: KeysState, context: ScreenContext, by: 1 | -1): Step<KeysState> {
  const here = rowUnder(state)?.spot.section ?? 0;
  const section = Math.max(0, Math.min(state.sections.length - 1, here + by));
  return section === here ? { state } : restart({ ...state, sort: 'file' }, context, { section, offset: 0 });
}

function moved(state: KeysState, key: string, context: ScreenContext): Step<KeysState> {
  const list = moveList(state.list, key, state.rows.length, visibleRows(context));
  if (list === undefined) return { state };
  return refill({ ...state, list }, context);
}

/** The keys of one state: any number of them, of which a window is in memory. */
export const keysScreen: Screen<KeysState, KeysArgs> = {
  id: 'keys',
  keys: [
    { keys: 'enter', does: 'value' },
    { keys: '/', does: 'filter' },
    { keys: 'u', does: 'undo filter' },
    { keys: 'g', does: 'go to key' },
    { keys: 's', does: 'sort what is loaded' },
    { keys: '[ ]', does: 'key group before, behind' },
    { keys: 'y', does: 'copy the key' },
    { keys: 'e', does: 'export the state' },
    { keys: 't', does: 'types' },
  ],
  commands: [
    { name: 'goto', does: 'go to a key', prompt: 'goto', label: 'go to key:' },
    { name: 'filter', does: 'keys with a text', prompt: 'filter', label: 'keys with:' },
  ],
  open,
  update(state, event, context) {
    if (event.type === 'data') return arrived(state, event.data as KeysData, context);
    if (event.type === 'answer') return answered(state, event.prompt, event.text, context);
    if (state.unreadable !== undefined) return { state };
    const action = ACTIONS.get(event.key);
    return action === undefined ? moved(state, event.key, context) : action(state, context);
  },
  view: keysLines,
  title: ({ args }) => escapeText(args.state),
  command: ({ args }, { session }) =>
    commandLine('export', session.path, `${args.operator}/${args.state}`, '--limit', '100'),
};
