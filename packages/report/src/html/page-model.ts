/*
 * What an HTML page shows, as plain JSON: the page's script turns it into tables and charts and knows nothing else. All
 * texts are final and escaped as for a terminal (`escapeText`); the script sets them as text, never as markup.
 */

/** How a text is meant: what is fine, what needs a look, what is wrong. */
export type Tone = 'good' | 'warn' | 'bad' | 'dim';

/** One page. */
export interface PageModel {
  /** `stats`, `diff`, ...: what the page is, for the browser's tab. */
  readonly kind: string;
  /** What it is about: a path. */
  readonly title: string;
  /** What it comes to. */
  readonly conclusion: { readonly text: string; readonly tone: Tone } | null;
  /** Large numbers at the top. */
  readonly tiles: readonly Tile[];
  readonly facts: readonly string[];
  readonly sections: readonly Section[];
}

/** A large number with what it counts. */
export interface Tile {
  readonly value: string;
  readonly label: string;
  readonly tone?: Tone;
}

/** A part of a page. */
export type Section = TableSection | ChartSection;

/** A table that can be sorted and searched. */
export interface TableSection {
  readonly kind: 'table';
  readonly title: string;
  readonly note?: string;
  readonly columns: readonly PageColumn[];
  readonly rows: readonly PageRow[];
  /** Rows that are drawn at first; a button draws the others. */
  readonly first?: number;
}

/** A column of a table. */
export interface PageColumn {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly numeric?: boolean;
  /** Code: names, types, keys. */
  readonly code?: boolean;
  /** The rows stand in this order of it already. */
  readonly sorted?: 'ascending' | 'descending';
}

/** A row of a table; its details are folded away under it. */
export interface PageRow {
  readonly cells: readonly PageCell[];
  readonly details?: readonly PageDetail[];
}

/** What a cell shows, and what it is sorted by where that is not its text. */
export interface PageCell {
  readonly text: string;
  readonly sort?: number;
  readonly tone?: Tone;
}

/** A labelled text or small chart under a row. */
export interface PageDetail {
  readonly label: string;
  /** One a line. */
  readonly lines: readonly string[];
  /** As in a patch: lines that begin with + and - have their colour. */
  readonly patch?: boolean;
  /** Text of our own: what stands in backticks is code. */
  readonly marked?: boolean;
  readonly chart?: ChartData;
}

/** What numbers of a chart are. */
export type Unit = 'bytes' | 'count';

/**
 * How a chart looks: bars that lie, or columns that stand, stacked by series; ranges with marks from least to most on a
 * logarithmic axis; strips of cells that are darker the more they hold.
 */
export type Shape = 'bars' | 'columns' | 'ranges' | 'strips';

/** What a chart draws. */
export interface ChartData {
  readonly shape: Shape;
  readonly unit: Unit;
  /** Of bars and columns: one a part. Of ranges: the marks, least first. Of strips: none. */
  readonly series: readonly Series[];
  readonly bars: readonly Bar[];
}

/** A chart with its title. */
export interface ChartSection extends ChartData {
  readonly kind: 'chart';
  readonly title: string;
  readonly note?: string;
  /** Takes half of a wide page. */
  readonly half?: boolean;
}

/** What a part of a bar is. */
export interface Series {
  readonly name: string;
  readonly tone?: Tone;
}

/** One bar, column, range or strip: a number for each series; of a strip, one for each cell. */
export interface Bar {
  readonly label: string;
  readonly values: readonly number[];
  /** Of a strip: what its cells are, and how many of them are one value. */
  readonly cells?: { readonly name: string; readonly each: number };
  /** What stands behind a strip. */
  readonly mark?: string;
}
