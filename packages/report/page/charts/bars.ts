import { barX, plot, ruleX, text } from '@observablehq/plot';
import type { ChartData } from '@statewright/report';
import { formatNumber } from '../numbers.js';
import { cuts, frame, rows, sum, tickText } from './frame.js';

/** Bars that lie, stacked by series, each with its sum behind it. */
export function barPlot({ series, bars, unit }: ChartData, width: number) {
  const { layout, y, ticks, insets, middle, labels, labelAbove } = rows(bars, width, 64);
  const totals = bars.map(({ values }, i) => ({ row: String(i), total: sum(values) }));
  return plot({
    ...frame(width),
    ...layout,
    x: { label: null, ticks, grid: true, tickFormat: (value: number) => tickText(value, unit) },
    y,
    marks: [
      barX(cuts(bars, series, unit), {
        x1: 'from',
        x2: 'to',
        y: 'row',
        fill: 'colour',
        title: 'tip',
        ...insets,
      }),
      text(totals, {
        x: 'total',
        y: 'row',
        text: ({ total }: { total: number }) => formatNumber(total, unit),
        textAnchor: 'start',
        dx: 6,
        dy: middle,
        fill: 'currentColor',
      }),
      text(labels, {
        x: 0,
        y: 'row',
        text: 'label',
        textAnchor: 'start',
        dy: labelAbove,
        fill: 'var(--soft)',
      }),
      ruleX([0]),
    ],
  });
}
