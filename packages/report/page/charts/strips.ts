import { plot, rect } from '@observablehq/plot';
import type { Bar, ChartData, Unit } from '@statewright/report';
import { formatNumber } from '../numbers.js';
import { frame, rows, shadeOf } from './frame.js';
import { rowEnds, rowLabels } from './row-labels.js';

/** The palest shade of a cell that holds something. */
const PALEST = 0.14;

/** A strip of cells for each bar, darker the more a cell holds; each strip has a scale of its own. */
export function stripPlot({ bars, unit }: ChartData, width: number) {
  const own = rows(bars, width, 64);
  const { layout, y, insets } = own;
  const cells = bars.flatMap((bar, row) => cellsOf(bar, String(row), unit));
  const marks = bars.map(({ mark = '' }, i) => ({ row: String(i), x: 1, mark }));
  return plot({
    ...frame(width),
    ...layout,
    height: layout.height - 26,
    x: { axis: null, domain: [0, 1] },
    y,
    marks: [
      rect(cells, { x1: 'from', x2: 'to', y: 'row', fill: 'colour', title: 'tip', ...insets }),
      rowEnds(marks, 'x', ({ mark }) => mark, own),
      rowLabels(own, 0),
    ],
  });
}

function cellsOf({ label, values, cells }: Bar, row: string, unit: Unit) {
  const { name, each } = cells ?? { name: '', each: 1 };
  const most = Math.max(1, ...values);
  return values.map((value, i) => {
    const place = each === 1 ? `${i}` : `${i * each} to ${(i + 1) * each - 1}`;
    const share = value === 0 ? 0 : PALEST + (1 - PALEST) * (value / most);
    return {
      row,
      from: i / values.length,
      to: (i + 1) / values.length,
      colour: share === 0 ? 'var(--empty)' : shadeOf(share),
      tip: `${label}\n${name} ${place}: ${formatNumber(value, unit)}`,
    };
  });
}
