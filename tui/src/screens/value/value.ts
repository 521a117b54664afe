import { escapeText, formatBytes } from '@statewright/report';
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
import { commandLine, keyWord } from '../../data/command-line.js';
import { jsonLine, writeNew } from '../../data/export.js';
import { BLANK, type Line, line } from '../../line/line.js';
import type { Screen, ScreenContext, Step } from '../../screen.js';
import { entryItems } from './items.js';
import { type EntryArgs, type Loaded, loadEntry, MOST_ENTRIES } from './load.js';

/** An entry and what of it is open. */
export interface ValueState {
  readonly args: EntryArgs;
  readonly loaded: Loaded | undefined;
  readonly items: readonly TreeItem[];
  readonly tree: TreeState;
}

const HEAD_ROWS = 2;

function arrived(state: ValueState, loaded: Loaded, { session }: ScreenContext): Step<ValueState> {
  if (loaded.entry === undefined) return { state: { ...state, loaded } };
  const items = entryItems(loaded.entry, session);
  const small = items.flatMap(({ count }, i) => (count > 0 && count <= 100 ? [String(i)] : []));
  return { state: { ...state, loaded, items, tree: treeWith(small) } };
}

function rowsOf({ items, tree }: ValueState): readonly TreeRow[] {
  return treeRows(items, tree.open);
}

function valueUnder(state: ValueState): { readonly value: unknown } | undefined {
  const item = rowsOf(state)[state.tree.list.cursor]?.item;
  return item !== undefined && 'value' in item ? { value: item.value } : undefined;
}

function copied(state: ValueState): Step<ValueState> {
  const found = valueUnder(state);
  if (found === undefined) return { state, wishes: { say: 'only values are copied' } };
  return { state, wishes: clipboardOf(found.value) };
}

function toBytes(state: ValueState, { session }: ScreenContext): Step<ValueState> {
  if (!session.mask.off) return { state, wishes: { say: 'bytes are not shown while --redact masks values' } };
  const row = rowsOf(state)[state.tree.list.cursor];
  const labels = row === undefined ? [] : labelsOf(state, row.path);
  return {
    state,
    wishes: { go: { to: 'bytes', args: { ...state.args, labels, key: keyOf(state, session) } } },
  };
}

/** The names of the nodes on the way to a row. */
function labelsOf(state: ValueState, path: string): string[] {
  const rows = new Map(rowsOf(state).map((row) => [row.path, row.item.label]));
  const parts = path.split('/');
  return parts.map((_, i) => rows.get(parts.slice(0, i + 1).join('/')) ?? '');
}

function exported(state: ValueState, file: string, { session }: ScreenContext): Step<ValueState> {
  const entry = state.loaded?.entry;
  if (entry === undefined || file === '') return { state };
  const effect = {
    label: `writing ${escapeText(file)}`,
    run: async () => {
      await writeNew(session.fs, file, [jsonLine(entry, session.mask)]);
      return { type: 'written', file };
    },
  };
  return { state, wishes: { effects: [effect] } };
}

function pressed(state: ValueState, key: string, context: ScreenContext): Step<ValueState> {
  if (key === 'y') return copied(state);
  if (key === 'x') return toBytes(state, context);
  if (key === 't') return { state, wishes: { go: { to: 'schema', args: state.args } } };
  if (key === 'e') {
    const ask = { prompt: 'export', label: 'write this entry as JSON to the new file:', text: 'entry.json' };
    return { state, wishes: { ask } };
  }
  const rows = rowsOf(state);
  const tree = moveTree(state.tree, key, rows, Math.max(1, context.size.height - HEAD_ROWS));
  return { state: tree === undefined ? state : { ...state, tree } };
}

function view(state: ValueState, { size }: ScreenContext): readonly Line[] {
  const { loaded } = state;
  if (loaded === undefined) return [line('reading…', 'dim')];
  const { entry } = loaded;
  if (entry === undefined) return [line('the entry is not there', 'warn')];
  const facts = [
    `key group ${entry.keyGroup}`,
    `subtask ${entry.subtask}`,
    `key ${formatBytes(entry.keyBytes)}`,
    `value ${formatBytes(entry.valueBytes)}`,
  ];
  if (loaded.cut) facts.push(`the first ${MOST_ENTRIES} map entries`);
  const look = { height: Math.max(1, size.height - HEAD_ROWS), width: size.width };
  return [line(facts.join(' · '), 'dim'), BLANK, ...treeLines(rowsOf(state), state.tree, look)];
}

/** One entry: its key, namespace and value as trees. */
export const valueScreen: Screen<ValueState, EntryArgs> = {
  id: 'value',
  keys: [
    { keys: 'enter', does: 'open or close' },
    { keys: 'y', does: 'copy as JSON' },
    { keys: 'x', does: 'bytes' },
    { keys: 'e', does: 'export' },
    { keys: 't', does: 'types' },
  ],
  open(args, context) {
    const state = { args, loaded: undefined, items: [], tree: treeWith([]) };
    return { state, wishes: { effects: [loadEntry(args, context)] } };
  },
  update(state, event, context) {
    if (event.type === 'key') return pressed(state, event.key, context);
    if (event.type === 'answer') return exported(state, event.text, context);
    const data = event.data as Loaded | { readonly type: 'written'; readonly file: string };
    if (data.type === 'loaded') return arrived(state, data, context);
    return { state, wishes: { say: `${escapeText(data.file)} is written` } };
  },
  view,
  title: ({ args }) => escapeText(args.title),
  command: (state, { session }) => {
    const { operator, state: name } = state.args;
    return commandLine('get', session.path, `${operator}/${name}`, '--key', keyOf(state, session));
  },
};

/** The key for a command line, masked as it is shown. */
function keyOf({ args, loaded }: ValueState, { mask }: ScreenContext['session']): string {
  const key = loaded?.entry === undefined ? args.title : mask.apply('key', loaded.entry.key);
  return keyWord(key);
}
