import type { Distribution, StateStats } from '@statewright/inspect';
import { escapeText, formatBytes, formatCount, formatShare, stateDetails } from '@statewright/report';
import { bar } from '../../components/bar.js';
import { BLANK, type Line, line, spans } from '../../line/line.js';

const BAR = 40;
const LABEL = 19;

interface Spread {
  readonly title: string;
  readonly sizes: Distribution | null;
  format(value: number): string;
}

/** How the sizes of a state are spread, as bars, and what stands out in it. */
export function histogramLines(
  stats: StateStats,
  times: { readonly atMillis: number; readonly ttlMillis: number | null },
  width: number,
): readonly Line[] {
  const spreads: readonly Spread[] = [
    { title: 'bytes of a value', sizes: stats.valueBytes, format: formatBytes },
    { title: 'elements', sizes: stats.elementsPerEntry, format: formatCount },
    { title: 'bytes of a key', sizes: stats.keyBytes, format: formatBytes },
  ];
  return [
    line(escapeText(`${stats.kind}, ${stats.type}`), 'type'),
    BLANK,
    ...stateDetails(stats, times, width).map((text) => line(text)),
    ...spreads.flatMap((spread) => spreadLines(spread, width)),
  ];
}

function spreadLines({ title, sizes, format }: Spread, width: number): readonly Line[] {
  const octaves = sizes?.octaves ?? [];
  if (sizes === null || octaves.length === 0) return [];
  const count = octaves.reduce((sum, octave) => sum + octave.count, 0);
  const most = Math.max(1, ...octaves.map((octave) => octave.count));
  const columns = Math.max(4, Math.min(BAR, width - LABEL - 24));
  const quantiles = `p50 ${format(sizes.p50)} · p90 ${format(sizes.p90)} · p99 ${format(sizes.p99)}`;
  return [
    BLANK,
    spans({ text: title, role: 'heading' }, { text: `  ${quantiles}`, role: 'dim' }),
    ...octaves.map(({ from, to, count: own }) =>
      spans(
        { text: `  ${rangeText(from, to - 1, format).padStart(LABEL - 2)}  `, role: 'dim' },
        { text: bar(own / most, columns).padEnd(columns), role: 'good' },
        ` ${formatCount(own)}`,
        { text: ` ${formatShare(own / count)}`, role: 'dim' },
      ),
    ),
  ];
}

function rangeText(first: number, last: number, format: (value: number) => string): string {
  return first === last ? format(first) : `${format(first)} to ${format(last)}`;
}
