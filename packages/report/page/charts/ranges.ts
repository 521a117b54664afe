import { dot, plot, ruleY } from '@observablehq/plot';
import type { ChartData } from '@statewright/report';
import { formatNumber } from '../numbers.js';
import { frame, rows, shadeOf } from './frame.js';
import { rowEnds, rowLabels } from './row-labels.js';

/** A logarithmic axis has no zero: what is smaller than one stands at one. */
const LEAST = 1;

/** Of a range's marks, the least is the palest. */
export function rangeColour(index: number, count: number): string {
  return shadeOf(0.25 + (0.75 * index) / (count - 1));
}

/** Ranges from least to most with their marks, on a logarithmic axis. */
export function rangePlot({ bars, series, unit }: ChartData, width: number) {
  const own = rows(bars, width, 64);
  const { layout, y, middle } = own;
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
    ...frame(width),
    ...layout,
    x: {
      type: 'log',
      label: null,
      domain: [LEAST, most * 1.1],
      grid: true,
      ticks: 5,
      tickFormat: (value: number) => (Number.isInteger(Math.log10(value)) ? formatNumber(value, unit) : ''),
    },
    y,
    marks: [
      ruleY(lines, {
        x1: 'from',
        x2: 'to',
        y: 'row',
        dy: middle,
        stroke: 'var(--line-strong)',
        strokeWidth: 2,
      }),
      dot(marks, {
        x: 'value',
        y: 'row',
        dy: middle,
        r: 4.5,
        fill: 'colour',
        stroke: 'var(--surface)',
        title: 'tip',
      }),
      rowEnds(lines, 'to', ({ to }) => formatNumber(to, unit), own),
      rowLabels(own, LEAST),
    ],
  });
}
