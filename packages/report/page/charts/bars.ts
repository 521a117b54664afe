import { barX, plot, ruleX } from '@observablehq/plot';
import type { ChartData } from '@statewright/report';
import { formatNumber } from '../numbers.js';
import { cuts, frame, rows, sum, tickText } from './frame.js';
import { rowEnds, rowLabels } from './row-labels.js';

/** Bars that lie, stacked by series, each with its sum behind it. */
export function barPlot({ series, bars, unit }: ChartData, width: number) {
  const own = rows(bars, width, 64);
  const { layout, y, ticks, insets } = own;
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
      rowEnds(totals, 'total', ({ total }) => formatNumber(total, unit), own),
      rowLabels(own, 0),
      ruleX([0]),
    ],
  });
}
