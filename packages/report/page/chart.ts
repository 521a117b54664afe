import { barX, dot, plot, ruleX, ruleY, text } from '@observablehq/plot';
import type { Bar, ChartSection, Series, Unit } from '@statewright/report';
import { element } from './element.js';
import { formatNumber } from './numbers.js';

/** Pixels of one bar, and what a label takes at most. */
const BAR_HEIGHT = 26;
const MAX_LABEL = 260;
/** Pixels of a letter of a label, about. */
const LETTER = 6.6;

/** Colours by tone; a series without one takes the accent. They are variables, so that light, dark and print differ. */
function colourOf({ tone }: Series): string {
  return tone === undefined ? 'var(--accent)' : `var(--${tone}-fill)`;
}

/** A chart as wide as it may be; drawn anew when the page changes its width. */
export function chartElement(section: ChartSection): HTMLElement {
  const { series, bars, shape, unit, title } = section;
  const figure = element('figure', { class: 'chart' });
  if (series.length > 1) figure.append(legend(series, shape));
  const holder = element('div', { role: 'img', 'aria-label': title });
  figure.append(holder);
  const draw = (width: number) =>
    holder.replaceChildren(shape === 'bars' ? barPlot(series, bars, unit, width) : rangePlot(section, width));
  fit(holder, draw);
  return figure;
}

/** A small chart of one series. */
export function smallBars(bars: readonly Bar[], unit: Unit): HTMLElement {
  const holder = element('div', { class: 'small-chart' });
  fit(holder, (width) => holder.replaceChildren(barPlot([{ name: '' }], bars, unit, Math.min(width, 560))));
  return holder;
}

/** Draws once the element has a width, and whenever that changes. */
function fit(holder: HTMLElement, draw: (width: number) => void): void {
  let drawn = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === 0 || width === drawn) return;
    drawn = width;
    draw(width);
  }).observe(holder);
}

function legend(series: readonly Series[], shape: ChartSection['shape']): HTMLElement {
  const keys = series.map((one, i) => {
    const swatch = element('span', { class: 'swatch' });
    swatch.style.background = shape === 'bars' ? colourOf(one) : rangeColour(i, series.length);
    return element('span', { class: 'key' }, swatch, one.name);
  });
  return element('figcaption', { class: 'legend' }, ...keys);
}

/** Of a range's marks, the least is the palest. */
function rangeColour(index: number, count: number): string {
  return `color-mix(in oklab, var(--accent) ${Math.round(25 + (75 * index) / (count - 1))}%, var(--surface))`;
}

interface Cut {
  readonly row: string;
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  readonly tip: string;
}

/** Two bars may be called the same: a row is told apart by its number. */
function rowsOf(bars: readonly Bar[], width: number) {
  const room = Math.min(MAX_LABEL, width * 0.38);
  const longest = Math.max(0, ...bars.map(({ label }) => label.length)) * LETTER + 14;
  const letters = Math.floor(Math.min(room, longest) / LETTER);
  const short = (label: string) => (label.length <= letters ? label : `…${label.slice(1 - letters)}`);
  return {
    marginLeft: Math.max(48, Math.min(room, longest)),
    domain: bars.map((_, i) => String(i)),
    tickFormat: (row: string) => short(bars[Number(row)]?.label ?? ''),
  };
}

function barPlot(series: readonly Series[], bars: readonly Bar[], unit: Unit, width: number) {
  const { marginLeft, domain, tickFormat } = rowsOf(bars, width);
  const cuts = bars.flatMap((bar, i) => cutsOf(bar, String(i), series, unit));
  const totals = bars.map(({ values }, i) => ({ row: String(i), total: sum(values) }));
  return plot({
    width,
    height: bars.length * BAR_HEIGHT + 34,
    marginLeft,
    marginRight: 64,
    marginTop: 4,
    style: { background: 'transparent', fontFamily: 'inherit', fontSize: '12px' },
    x: { label: null, ticks: 5, grid: true, tickFormat: (value: number) => tickText(value, unit) },
    y: { label: null, domain, tickFormat, tickSize: 0 },
    marks: [
      barX(cuts, {
        x1: 'from',
        x2: 'to',
        y: 'row',
        fill: 'colour',
        title: 'tip',
        insetTop: 3,
        insetBottom: 3,
      }),
      text(totals, {
        x: 'total',
        y: 'row',
        text: ({ total }: { total: number }) => formatNumber(total, unit),
        textAnchor: 'start',
        dx: 6,
        fill: 'currentColor',
      }),
      ruleX([0]),
    ],
  });
}

/** There is no half of an entry. */
function tickText(value: number, unit: Unit): string {
  return unit === 'count' && !Number.isInteger(value) ? '' : formatNumber(value, unit);
}

function cutsOf({ label, values }: Bar, row: string, series: readonly Series[], unit: Unit): Cut[] {
  let from = 0;
  return values.map((value, i) => {
    const to = from + value;
    const one = series[i]!;
    const cut = {
      row,
      from,
      to,
      colour: colourOf(one),
      tip: `${label}\n${one.name === '' ? '' : `${one.name}: `}${formatNumber(value, unit)}`,
    };
    from = to;
    return cut;
  });
}

/** A logarithmic axis has no zero: what is smaller than one stands at one. */
const LEAST = 1;

function rangePlot({ bars, series, unit }: ChartSection, width: number) {
  const { marginLeft, domain, tickFormat } = rowsOf(bars, width);
  const at = (value: number) => Math.max(LEAST, value);
  const lines = bars.map(({ values }, i) => ({
    row: String(i),
    from: at(values[0] ?? 0),
    to: at(values.at(-1) ?? 0),
  }));
  const marks = bars.flatMap(({ label, values }, i) =>
    values.map((value, n) => ({
      row: String(i),
      value: at(value),
      colour: rangeColour(n, values.length),
      tip: `${label}\n${series[n]?.name}: ${formatNumber(value, unit)}`,
    })),
  );
  const most = Math.max(10, ...lines.map(({ to }) => to));
  return plot({
    width,
    height: bars.length * BAR_HEIGHT + 34,
    marginLeft,
    marginRight: 64,
    marginTop: 4,
    style: { background: 'transparent', fontFamily: 'inherit', fontSize: '12px' },
    x: {
      type: 'log',
      label: null,
      domain: [LEAST, most * 1.1],
      grid: true,
      ticks: 5,
      tickFormat: (value: number) => (Number.isInteger(Math.log10(value)) ? formatNumber(value, unit) : ''),
    },
    y: { label: null, domain, tickFormat, tickSize: 0, type: 'band' },
    marks: [
      ruleY(lines, { x1: 'from', x2: 'to', y: 'row', stroke: 'var(--line-strong)', strokeWidth: 2 }),
      dot(marks, { x: 'value', y: 'row', r: 4.5, fill: 'colour', stroke: 'var(--surface)', title: 'tip' }),
      text(lines, {
        x: 'to',
        y: 'row',
        text: ({ to }: { to: number }) => formatNumber(to, unit),
        textAnchor: 'start',
        dx: 9,
        fill: 'currentColor',
      }),
    ],
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
