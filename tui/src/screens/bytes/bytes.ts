import { type BytesPart, entryBytesView, type SpanNode } from '@statewright/inspect';
import { escapeText } from '@statewright/report';
import { scrollTo } from '../../components/list/state.js';
import {
  moveTree,
  type TreeItem,
  type TreeState,
  treeLines,
  treeRows,
  treeWith,
} from '../../components/tree/tree.js';
import { commandLine } from '../../data/command-line.js';
import { BLANK, type Line, line, type Span } from '../../line/line.js';
import type { Effect, Screen, ScreenContext, Step } from '../../screen.js';
import { type EntryArgs, loadEntry } from '../value/load.js';

/** Which entry, and the names of the nodes on the way to the one that is looked for. */
export interface BytesArgs extends EntryArgs {
  readonly labels: readonly string[];
  /** The key for a command line. */
  readonly key: string;
}

/** The bytes of an entry, field by field. */
export interface BytesState {
  readonly args: BytesArgs;
  readonly part: BytesPart | undefined;
  readonly tree: TreeState;
}

const HEAD_ROWS = 2;

function loadBytes(args: BytesArgs, context: ScreenContext): Effect<BytesPart> {
  return {
    label: 'reading bytes',
    async run(signal, report) {
      const loaded = await loadEntry(args, context).run(signal, () => {});
      const { savepoint, path } = context.session;
      if (loaded?.entry === undefined) return undefined;
      const { parts } = await entryBytesView(savepoint, path, [loaded.entry]);
      if (parts[0] !== undefined) report(parts[0]);
      return undefined;
    },
  };
}

function spanItem({ label, start, end, hex, value, children }: SpanNode): TreeItem {
  const size = end - start;
  const more = hex.length / 2 < size ? '…' : '';
  return {
    label: `${start.toString(16).padStart(8, '0')} ${String(size).padStart(5)}  ${escapeText(label)}`,
    text(): readonly Span[] {
      const shown: Span[] = [{ text: `${hex}${more}`, role: 'dim' }];
      if (value !== null)
        shown.push({ text: `  ${escapeText(JSON.stringify(value).slice(0, 400))}`, role: 'text' });
      return shown;
    },
    count: children.length,
    child: (i) => spanItem(children[i]!),
  };
}

/** Levels (frame, part of a frame) that may stand between a value and its fields. */
const BETWEEN = 3;

/** The path of the node that the labels lead to, as far as they do. */
function pathTo(nodes: readonly SpanNode[], labels: readonly string[]): number[] {
  const path: number[] = [];
  let level = nodes;
  for (const label of labels) {
    const found = below(level, label, BETWEEN);
    if (found === undefined) break;
    path.push(...found);
    for (const i of found) level = level[i]!.children;
  }
  return path;
}

/** The way to the first node of that name, the nearest level first. */
function below(level: readonly SpanNode[], label: string, levels: number): number[] | undefined {
  const here = positionOf(level, label);
  if (here >= 0) return [here];
  if (levels === 0) return undefined;
  for (const [i, node] of level.slice(0, 4).entries()) {
    const rest = below(node.children, label, levels - 1);
    if (rest !== undefined) return [i, ...rest];
  }
  return undefined;
}

function positionOf(level: readonly SpanNode[], label: string): number {
  const position = /^\[(\d+)\]$/.exec(label);
  if (position === null) return level.findIndex((node) => node.label.split(':')[0] === label);
  const elements = level.flatMap((node, i) => (node.label.startsWith('element') ? [i] : []));
  return elements[Number(position[1])] ?? -1;
}

function arrived(state: BytesState, part: BytesPart, { size }: ScreenContext): Step<BytesState> {
  const path = pathTo(part.nodes, state.args.labels);
  const paths = path.map((_, i) => path.slice(0, i + 1).join('/'));
  const tree = treeWith(['0', ...paths]);
  const rows = treeRows(part.nodes.map(spanItem), tree.open);
  const cursor = Math.max(
    0,
    rows.findIndex((row) => row.path === paths.at(-1)),
  );
  const list = scrollTo(tree.list, cursor, rows.length, Math.max(1, size.height - HEAD_ROWS));
  return { state: { ...state, part, tree: { ...tree, list } } };
}

function view({ part, tree }: BytesState, { size }: ScreenContext): readonly Line[] {
  if (part === undefined) return [line('reading…', 'dim')];
  const look = { height: Math.max(1, size.height - HEAD_ROWS), width: size.width };
  const rows = treeRows(part.nodes.map(spanItem), tree.open);
  return [line(escapeText(part.file), 'dim'), BLANK, ...treeLines(rows, tree, look)];
}

/** Where every field of an entry lies in its file: position in hex, length, name, the first bytes, the value. */
export const bytesScreen: Screen<BytesState, BytesArgs> = {
  id: 'bytes',
  keys: [{ keys: 'enter', does: 'open or close' }],
  open: (args, context) => ({
    state: { args, part: undefined, tree: treeWith([]) },
    wishes: { effects: [loadBytes(args, context)] },
  }),
  update(state, event, context) {
    if (event.type === 'data') return arrived(state, event.data as BytesPart, context);
    if (event.type !== 'key' || state.part === undefined) return { state };
    const rows = treeRows(state.part.nodes.map(spanItem), state.tree.open);
    const tree = moveTree(state.tree, event.key, rows, Math.max(1, context.size.height - HEAD_ROWS));
    return { state: tree === undefined ? state : { ...state, tree } };
  },
  view,
  title: () => 'bytes',
  command: ({ args }, { session }) =>
    commandLine('bytes', session.path, `${args.operator}/${args.state}`, '--key', args.key),
};
