import type { PageCell, PageColumn, PageDetail, PageRow, TableSection } from '@statewright/report';
import { smallChart } from './charts/index.js';
import { collator, element } from './element.js';

/** Rows that are drawn at first where a table does not say so. */
const FIRST_ROWS = 500;

/** A table that sorts by a click on a heading and shows rows that hold all words of `search`. */
export interface SearchableTable {
  readonly element: HTMLElement;
  /** Shows rows that hold all words; gives how many. */
  search(words: readonly string[]): number;
}

interface Shown {
  sortBy: number | undefined;
  descending: boolean;
  words: readonly string[];
  limit: number;
}

/** Draws a table and keeps what it shows: order, words, how many rows, which are open. */
export function tableElement({ title, columns, rows, first = FIRST_ROWS }: TableSection): SearchableTable {
  const shown: Shown = { ...given(columns), words: [], limit: first };
  const open = new Set<PageRow>();
  const texts = new Map(rows.map((row) => [row, searchText(row)]));
  const body = element('tbody');
  const foot = element('div', { class: 'foot', role: 'status' });
  const headings = columns.map((column, i) => heading(column, () => sortBy(i)));
  const matching = () => rows.filter((row) => shown.words.every((word) => texts.get(row)!.includes(word)));

  function draw(): number {
    const found = sorted(matching(), shown);
    body.replaceChildren(...found.slice(0, shown.limit).flatMap((row) => rowElements(row, columns, open)));
    drawFoot(found.length);
    return found.length;
  }

  function drawFoot(found: number): void {
    foot.replaceChildren();
    if (found < rows.length)
      foot.append(`${found.toLocaleString('en')} of ${rows.length.toLocaleString('en')} rows `);
    if (found <= shown.limit) return;
    const more = element('button', { type: 'button' }, `show all ${found.toLocaleString('en')} rows`);
    more.addEventListener('click', () => {
      shown.limit = Number.POSITIVE_INFINITY;
      draw();
    });
    foot.append(more);
  }

  function sortBy(column: number): void {
    // Numbers are asked for by their largest.
    const first = columns[column]!.numeric === true;
    shown.descending = shown.sortBy === column ? !shown.descending : first;
    shown.sortBy = column;
    for (const [i, cell] of headings.entries()) {
      cell.setAttribute('aria-sort', i !== column ? 'none' : shown.descending ? 'descending' : 'ascending');
    }
    draw();
  }

  draw();
  const table = element(
    'table',
    { 'aria-label': title },
    element('thead', {}, element('tr', {}, ...headings)),
    body,
  );
  return {
    element: element('div', {}, element('div', { class: 'scroll' }, table), foot),
    search(words) {
      shown.words = words;
      return draw();
    },
  };
}

function searchText({ cells, details = [] }: PageRow): string {
  const lines = details.flatMap((detail) => [detail.label, ...detail.lines]);
  return [...cells.map(({ text }) => text), ...lines].join('\n').toLowerCase();
}

function sorted(rows: readonly PageRow[], { sortBy, descending }: Shown): readonly PageRow[] {
  if (sortBy === undefined) return rows;
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a.cells[sortBy]!, b.cells[sortBy]!));
}

function compare(a: PageCell, b: PageCell): number {
  if (a.sort !== undefined && b.sort !== undefined) return a.sort - b.sort;
  return collator.compare(a.text, b.text);
}

/** How the rows stand when the page opens. */
function given(columns: readonly PageColumn[]): Pick<Shown, 'sortBy' | 'descending'> {
  const at = columns.findIndex(({ sorted }) => sorted !== undefined);
  return { sortBy: at < 0 ? undefined : at, descending: columns[at]?.sorted === 'descending' };
}

function heading({ title, numeric, sorted }: PageColumn, sort: () => void): HTMLElement {
  const button = element('button', { type: 'button' }, title);
  button.addEventListener('click', sort);
  return element(
    'th',
    { scope: 'col', 'aria-sort': sorted ?? 'none', ...(numeric === true ? { class: 'numeric' } : {}) },
    button,
  );
}

function rowElements(row: PageRow, columns: readonly PageColumn[], open: Set<PageRow>): HTMLElement[] {
  const details = row.details ?? [];
  const cells = row.cells.map((cell, i) => cellElement(cell, columns[i]));
  const line = element('tr', {}, ...cells);
  if (details.length === 0) return [line];
  const button = element('button', {
    type: 'button',
    class: 'opener',
    'aria-expanded': String(open.has(row)),
    'aria-label': `details of ${row.cells[0]!.text}`,
  });
  let shown = open.has(row) ? detailsElement(details, columns.length) : undefined;
  // In its place: the button keeps the focus.
  const toggle = () => {
    if (shown === undefined) {
      open.add(row);
      shown = detailsElement(details, columns.length);
      line.after(shown);
    } else {
      open.delete(row);
      shown.remove();
      shown = undefined;
    }
    button.setAttribute('aria-expanded', String(shown !== undefined));
  };
  cells[0]!.prepend(button);
  line.classList.add('opens');
  line.addEventListener('click', () => {
    // A text that is being marked is to be copied.
    if (String(getSelection()) === '') toggle();
  });
  return shown === undefined ? [line] : [line, shown];
}

function cellElement({ text, tone }: PageCell, column: PageColumn | undefined): HTMLElement {
  const { title = '', numeric, code } = column ?? {};
  const classes = [
    numeric === true ? 'numeric' : '',
    code === true ? 'code' : '',
    text === '' ? 'empty' : '',
  ];
  const shown = tone === undefined ? text : element('span', { class: `tone ${tone}` }, text);
  const attributes = { class: classes.filter((name) => name !== '').join(' '), 'data-title': title };
  return element('td', attributes, text === '' ? '' : shown);
}

function detailsElement(details: readonly PageDetail[], columns: number): HTMLElement {
  const list = element('dl');
  for (const detail of details) {
    const { label, lines, patch, chart } = detail;
    const shown = lines.map((text) => lineElement(text, detail));
    const value = element('dd', patch === true ? { class: 'patch' } : {}, ...shown);
    if (chart !== undefined) value.append(smallChart(chart, label));
    list.append(element('dt', {}, label), value);
  }
  return element('tr', { class: 'details' }, element('td', { colspan: String(columns) }, list));
}

function lineElement(text: string, { patch, marked }: PageDetail): HTMLElement {
  if (marked === true) {
    const parts = text.split('`').map((part, i) => (i % 2 === 0 ? part : element('code', {}, part)));
    return element('div', {}, ...parts);
  }
  const sign = patch === true ? text.at(0) : undefined;
  const tone = sign === '+' ? 'good' : sign === '-' ? 'bad' : undefined;
  return element('div', tone === undefined ? {} : { class: `line ${tone}` }, text);
}
