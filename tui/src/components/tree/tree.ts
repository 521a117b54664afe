import type { KeyName } from '../../keys/key.js';
import type { Line, Span } from '../../line/line.js';
import { LIST_START, type ListState, moveList, scrollTo } from '../list/state.js';

/** A node of a tree whose children are made only when they are looked at. */
export interface TreeItem {
  /** Tells it from the others of its parent, without a slash, where their order may change; its position does by default. */
  readonly key?: string;
  /** Already safe for the terminal, as `text`. */
  readonly label: string;
  /** What stands behind the label. */
  text(): readonly Span[];
  readonly count: number;
  child(index: number): TreeItem;
}

/** What is open, and where the cursor is. */
export interface TreeState {
  /** Paths of the open nodes. */
  readonly open: ReadonlySet<string>;
  readonly list: ListState;
}

/** A row that can be seen. `path` is made of positions, or of keys where items have them: `0/3/17`. */
export interface TreeRow {
  readonly path: string;
  readonly depth: number;
  readonly item: TreeItem;
}

/** More children than this are shown in ranges. */
const FAN = 100;

/** A tree with these nodes open. */
export function treeWith(open: Iterable<string>): TreeState {
  return { open: new Set(open), list: LIST_START };
}

/** The rows of all open nodes: at most `FAN` for each that is open. */
export function treeRows(roots: readonly TreeItem[], open: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const stack = roots.map((item, i): TreeRow => ({ path: item.key ?? String(i), depth: 0, item })).reverse();
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    rows.push(row);
    if (!open.has(row.path)) continue;
    const { item, path, depth } = ranged(row);
    for (let i = item.count - 1; i >= 0; i--) {
      const child = item.child(i);
      stack.push({ path: `${path}/${child.key ?? i}`, depth: depth + 1, item: child });
    }
  }
  return rows;
}

/** The node, or the ranges that stand between it and its many children. */
function ranged(row: TreeRow): TreeRow {
  const { item } = row;
  if (item.count <= FAN) return row;
  let step = FAN;
  while (step * FAN < item.count) step *= FAN;
  return { ...row, item: ranges(item, 0, item.count, step) };
}

function ranges(item: TreeItem, from: number, to: number, step: number): TreeItem {
  return {
    label: item.label,
    text: item.text,
    count: Math.ceil((to - from) / step),
    child: (i) => range(item, from + i * step, Math.min(to, from + (i + 1) * step)),
  };
}

function range(item: TreeItem, from: number, to: number): TreeItem {
  return {
    label: `[${from} … ${to - 1}]`,
    text: () => [],
    count: to - from,
    child: (i) => item.child(from + i),
  };
}

/** The tree after a key; undefined when the key means nothing to a tree. `rows` are visible. */
export function moveTree(
  tree: TreeState,
  key: KeyName,
  all: readonly TreeRow[],
  rows: number,
): TreeState | undefined {
  const list = moveList(tree.list, key, all.length, rows);
  if (list !== undefined) return { ...tree, list };
  const row = all[tree.list.cursor];
  if (row === undefined) return undefined;
  if (key === 'enter' || key === 'right' || key === 'l') return opened(tree, row, key);
  return key === 'left' || key === 'h' ? closed(tree, row, all, rows) : undefined;
}

function opened(tree: TreeState, { path, item }: TreeRow, key: KeyName): TreeState | undefined {
  if (item.count === 0) return tree;
  const open = new Set(tree.open);
  if (!open.has(path)) open.add(path);
  else if (key === 'enter') open.delete(path);
  return { ...tree, open };
}

/** Closes the node, or goes to the one that holds it. */
function closed(
  tree: TreeState,
  { path }: TreeRow,
  all: readonly TreeRow[],
  rows: number,
): TreeState | undefined {
  if (tree.open.has(path)) return { ...tree, open: new Set([...tree.open].filter((each) => each !== path)) };
  const parent = all.findIndex((each) => each.path === path.slice(0, path.lastIndexOf('/')));
  return parent < 0 ? undefined : { ...tree, list: scrollTo(tree.list, parent, all.length, rows) };
}

/** How a tree is drawn. */
export interface TreeLook {
  readonly height: number;
  readonly width: number;
}

/** The visible rows; deep ones are indented by at most half of the width. */
export function treeLines(all: readonly TreeRow[], tree: TreeState, { height, width }: TreeLook): Line[] {
  const { top, cursor } = tree.list;
  return all.slice(top, top + height).map(({ path, depth, item }, i): Line => {
    const indent = ' '.repeat(Math.min(depth * 2, Math.floor(width / 2)));
    const mark = item.count === 0 ? '  ' : tree.open.has(path) ? '- ' : '+ ';
    const head: Span[] = [
      { text: indent + mark, role: 'dim' },
      { text: item.label, role: 'key' },
    ];
    const text = item.text();
    const spans = text.length === 0 ? head : [...head, { text: ': ', role: 'dim' as const }, ...text];
    return { spans, selected: top + i === cursor };
  });
}
