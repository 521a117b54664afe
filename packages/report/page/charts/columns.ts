import { barY, plot, ruleY, text } from '@observablehq/plot';
import type { ChartData } from '@statewright/report';
import { formatNumber } from '../numbers.js';
import { cuts, frame, sum, tickText } from './frame.js';

/** How high a chart of columns is, and how wide one column at most, in pixels. */
const HEIGHT = 210;
const MAX_COLUMN = 116;
/** Pixels of a letter under a column, about. */
const LETTER = 6.8;

/** Columns in the order of what they count, as of a histogram, each with its sum on top. */
export function columnPlot({ series, bars, unit }: ChartData, width: number) {
  const marginLeft = 56;
  const inner = Math.min(width - marginLeft - 8, bars.length * MAX_COLUMN);
  const column = inner / bars.length;
  const longest = Math.max(...bars.map(({ label }) => label.length)) * LETTER + 6;
  // Names that do not fit beside each other are turned.
  const turned = longest > column;
  const totals = bars
    .map(({ values }, i) => ({ row: String(i), total: sum(values) }))
    .filter(({ total }) => total > 0 && formatNumber(total, unit).length * LETTER <= column + 8);
  return plot({
    ...frame(marginLeft + inner + 8),
    height: HEIGHT + (turned ? longest * 0.7 : 0),
    marginLeft,
    marginRight: 8,
    marginTop: 18,
    marginBottom: turned ? 16 + longest * 0.7 : 26,
    x: {
      label: null,
      type: 'band',
      domain: bars.map((_, i) => String(i)),
      tickFormat: (row: string) => bars[Number(row)]?.label ?? '',
      tickSize: 0,
      tickPadding: 5,
      ...(turned ? { tickRotate: -45 } : {}),
      padding: 0.12,
    },
    y: { label: null, ticks: 4, grid: true, tickFormat: (value: number) => tickText(value, unit) },
    marks: [
      barY(cuts(bars, series, unit), { y1: 'from', y2: 'to', x: 'row', fill: 'colour', title: 'tip' }),
      text(totals, {
        y: 'total',
        x: 'row',
        text: ({ total }: { total: number }) => formatNumber(total, unit),
        dy: -8,
        fill: 'currentColor',
      }),
      ruleY([0]),
    ],
  });
}
