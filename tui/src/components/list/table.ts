import type { Line, Role, Span } from '../../line/line.js';
import { fitMiddle, padText, widthOf, widthUpTo } from '../../line/width.js';
import type { ListState } from './state.js';

/** A column of a table. */
export interface Column<R> {
  readonly head: string;
  cell(row: R): Span | string;
  readonly align?: 'start' | 'end';
  /** Where a cell is cut that does not fit; without it at its end. */
  readonly cut?: 'middle';
  /** Takes what the others leave; at most one column. */
  readonly grows?: boolean;
  /** A growing column gets at least so much, where it needs it. */
  readonly least?: number;
  /** Takes at most this share of the width. */
  readonly most?: number;
  /** Left out, from the highest number on, where there is no room. */
  readonly optional?: number;
}

const GAP = '  ';
/** A growing column that does not say otherwise gets at least so much. */
const LEAST_GROWN = 12;

/** A head and the visible rows of a table, the row under the cursor selected. Widths come from what is visible. */
export function tableLines<R>(
  columns: readonly Column<R>[],
  rows: readonly R[],
  list: ListState,
  height: number,
  width: number,
): Line[] {
  const visible = rows.slice(list.top, list.top + Math.max(0, height - 1));
  const cells = visible.map((row) => columns.map((column) => spanOf(column.cell(row))));
  const shown = fitting(columns, cells, width);
  const head = shown.map(({ column, width: w }, i) => ({
    text: (i > 0 ? GAP : '') + padText(column.head, w, column.align),
    role: 'dim' as Role,
  }));
  const body = cells.map((row, r): Line => {
    const parts = shown.map(({ column, index, width: w }, i) => ({
      ...row[index]!,
      text: (i > 0 ? GAP : '') + padText(cutCell(row[index]!.text, w, column), w, column.align),
    }));
    return { spans: parts, selected: list.top + r === list.cursor };
  });
  return [{ spans: head }, ...body];
}

function cutCell<R>(text: string, width: number, { cut }: Column<R>): string {
  return cut === 'middle' ? fitMiddle(text, width) : text;
}

function spanOf(cell: Span | string): Span {
  return typeof cell === 'string' ? { text: cell } : cell;
}

interface Shown<R> {
  readonly column: Column<R>;
  readonly index: number;
  readonly width: number;
}

/** The columns that fit, with their widths. */
function fitting<R>(
  columns: readonly Column<R>[],
  cells: readonly (readonly Span[])[],
  width: number,
): Shown<R>[] {
  let shown = columns.map((column, index): Shown<R> => {
    const widest = Math.max(widthOf(column.head), ...cells.map((row) => widthUpTo(row[index]!.text, width)));
    const most = Math.max(widthOf(column.head), Math.floor((column.most ?? 1) * width));
    return { column, index, width: Math.min(widest, most) };
  });
  for (;;) {
    const gaps = GAP.length * (shown.length - 1);
    const fixed = shown.reduce((sum, { column, width: w }) => sum + (column.grows === true ? 0 : w), gaps);
    const grown = shown.find(({ column }) => column.grows === true);
    const left = width - fixed;
    const droppable = shown.filter(({ column }) => column.optional !== undefined);
    const enough = left >= Math.min(grown?.width ?? 0, grown?.column.least ?? LEAST_GROWN);
    if (enough || droppable.length === 0) {
      const room = Math.max(1, left);
      return shown.map((each) => (each === grown ? { ...each, width: Math.min(each.width, room) } : each));
    }
    const drop = droppable.reduce((a, b) => (b.column.optional! > a.column.optional! ? b : a));
    shown = shown.filter((each) => each !== drop);
  }
}
