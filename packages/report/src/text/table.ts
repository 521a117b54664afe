import { displayWidth, padEnd, padStart, truncate, wrap } from './width.js';

/** A column of a text table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** `wrap`: takes several lines where the page is narrow; `cut`: ends in an ellipsis; default: never shortened. */
  readonly shrink?: 'wrap' | 'cut';
  /** A shrinking column keeps at least so many columns. Default 8. */
  readonly min?: number;
  /** Marks a cell's text, given the whole row; default: as it is. */
  readonly paint?: (text: string, row: readonly string[]) => string;
}

export interface TableOptions {
  /** Columns of the page; Infinity for a pipe. */
  readonly width: number;
  readonly indent?: number;
  /** Marks the line of titles. */
  readonly heading?: (text: string) => string;
}

const GAP = '  ';

/**
 * Lays out a table: aligned, two spaces between columns, no frame, no trailing spaces. Columns that may shrink give
 * way until the table fits; where even that is not enough, every row becomes a block of `title  value` lines.
 * Cells are escaped text without line breaks or colours.
 */
export function layoutTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): string[] {
  const indent = ' '.repeat(options.indent ?? 0);
  const widths = fitWidths(columns, rows, options.width - indent.length);
  if (widths === undefined) return stacked(columns, rows, options, indent);
  const heading = options.heading ?? ((text) => text);
  const titles = line(
    columns,
    columns.map(({ title }) => title),
    widths,
  );
  const lines = [indent + heading(titles)];
  for (const row of rows) {
    for (const text of rowLines(columns, row, widths)) lines.push(indent + text);
  }
  return lines;
}

/** The columns' widths, or undefined when they cannot fit. */
function fitWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] | undefined {
  const widths = columns.map(({ title }, i) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[i] ?? '')), title.length),
  );
  let excess = sum(widths) + GAP.length * (columns.length - 1) - width;
  const least = (i: number) => Math.max(columns[i]!.min ?? 8, columns[i]!.title.length);
  const mayShrink = (i: number) => columns[i]!.shrink !== undefined && widths[i]! > least(i);
  while (excess > 0) {
    const widest = indexOfWidest(widths, mayShrink);
    if (widest === undefined) return undefined;
    const second = widths.reduce((most, w, i) => (i !== widest && mayShrink(i) && w > most ? w : most), 0);
    const step = Math.min(excess, Math.max(1, widths[widest]! - Math.max(second, least(widest))));
    widths[widest] = widths[widest]! - step;
    excess -= step;
  }
  return widths;
}

function indexOfWidest(widths: readonly number[], allowed: (i: number) => boolean): number | undefined {
  let best: number | undefined;
  for (let i = 0; i < widths.length; i++) {
    if (allowed(i) && (best === undefined || widths[i]! > widths[best]!)) best = i;
  }
  return best;
}

function rowLines(columns: readonly Column[], row: readonly string[], widths: readonly number[]): string[] {
  const cells = columns.map(({ shrink }, i) => {
    const text = row[i] ?? '';
    if (shrink === 'wrap') return wrap(text, widths[i]!);
    return [shrink === 'cut' ? truncate(text, widths[i]!) : text];
  });
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, k) =>
    line(
      columns,
      cells.map((lines, i) => painted(columns[i]!, lines[k] ?? '', row)),
      widths,
    ),
  );
}

function painted({ paint }: Column, text: string, row: readonly string[]): string {
  return paint === undefined ? text : paint(text, row);
}

function line(columns: readonly Column[], cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((text, i) =>
    columns[i]!.align === 'right' ? padStart(text, widths[i]!) : padEnd(text, widths[i]!),
  );
  return padded.join(GAP).trimEnd();
}

function stacked(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
  indent: string,
): string[] {
  const label = Math.max(...columns.map(({ title }) => title.length));
  const room = Math.max(8, options.width - indent.length - label - GAP.length);
  const heading = options.heading ?? ((text) => text);
  return rows.flatMap((row, r) => {
    const block = columns.flatMap(({ title }, i) => {
      if ((row[i] ?? '') === '') return [];
      return wrap(row[i]!, room).map((text, k) => {
        const head = k === 0 ? heading(title) + ' '.repeat(label - title.length) : ' '.repeat(label);
        return `${indent}${head}${GAP}${painted(columns[i]!, text, row)}`.trimEnd();
      });
    });
    return r === 0 ? block : ['', ...block];
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
