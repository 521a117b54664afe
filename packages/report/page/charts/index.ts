import type { ChartData, Series, Shape } from '@statewright/report';
import { element } from '../element.js';
import { barPlot } from './bars.js';
import { columnPlot } from './columns.js';
import { colourOf } from './frame.js';
import { rangeColour, rangePlot } from './ranges.js';
import { stripPlot } from './strips.js';

type Plot = (chart: ChartData, width: number) => Element;

const PLOTS: { readonly [shape in Shape]: Plot } = {
  bars: barPlot,
  columns: columnPlot,
  ranges: rangePlot,
  strips: stripPlot,
};

/** A chart under a row is at most this wide, in pixels. */
const SMALL = 620;

/** A chart as wide as it may be; drawn anew when the page changes its width. */
export function chartElement(chart: ChartData, title: string): HTMLElement {
  const { series, shape } = chart;
  const figure = element('figure', { class: 'chart' });
  if (series.length > 1) figure.append(legend(series, shape));
  const holder = element('div', { role: 'img', 'aria-label': title });
  figure.append(holder);
  fit(holder, (width) => holder.replaceChildren(PLOTS[shape](chart, width)));
  return figure;
}

/** The same, small. */
export function smallChart(chart: ChartData, title: string): HTMLElement {
  const made = chartElement(chart, title);
  made.classList.add('small-chart');
  made.style.maxWidth = `${SMALL}px`;
  return made;
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

function legend(series: readonly Series[], shape: Shape): HTMLElement {
  const keys = series.map((one, i) => {
    const swatch = element('span', { class: 'swatch' });
    swatch.style.background = shape === 'ranges' ? rangeColour(i, series.length) : colourOf(one);
    return element('span', { class: 'key' }, swatch, one.name);
  });
  return element('figcaption', { class: 'legend' }, ...keys);
}
