import type { StateStats, StatsView } from '@statewright/inspect';
import { formatBytes, formatCount, formatShare } from '../text/numbers.js';
import type { PageModel, Section, Tile } from './page-model.js';
import { factsOf, textCell } from './parts.js';
import { agesChart, bytesOf, keyGroupsChart, sizeChart, spreadChart, timersChart } from './stats-charts.js';
import { sizeHistograms } from './stats-histograms.js';
import { largestTable, statesTable, unreadTable } from './stats-tables.js';

/** `stats` as a page: where the bytes are, how large and how old values are, how even keys are, what stands out. */
export function statsPage(view: StatsView): PageModel {
  const { snapshot, states } = view;
  const bySize = [...states].sort((a, b) => bytesOf(b) - bytesOf(a));
  return {
    kind: 'stats',
    title: textCell(snapshot.path).text,
    conclusion: null,
    tiles: tiles(view),
    facts: [
      ...factsOf(snapshot),
      view.values ? 'values decoded' : 'frames counted, not decoded: of a map, each of its entries',
      `times as of ${new Date(view.atMillis).toISOString()}`,
    ],
    sections: [
      sizeChart(bySize),
      ...sizeHistograms(states),
      spreadChart(bySize),
      keyGroupsChart(bySize),
      ...pair(agesChart(view), timersChart(states)),
      ...largestTable(view),
      statesTable(view, bySize),
      ...unreadTable(view),
    ],
  };
}

function tiles({ total, states, ttlMillis }: StatsView): Tile[] {
  const bytes = total.keyBytes + total.valueBytes;
  const largest = Math.max(0, ...states.map(({ valueBytes }) => valueBytes?.max ?? 0));
  const skew = Math.max(1, ...states.map(({ keyGroups }) => keyGroups?.skew ?? 1));
  return [
    { value: formatBytes(bytes), label: 'keys and values' },
    { value: formatCount(total.entries), label: 'entries' },
    { value: formatCount(states.length), label: states.length === 1 ? 'state' : 'states' },
    { value: formatBytes(largest), label: 'largest value' },
    { value: `${skew.toFixed(1)} ×`, label: 'largest key group over the mean' },
    ...(ttlMillis === null ? [] : [expiredTile(states)]),
    ...opaqueTile(states, total.valueBytes),
  ];
}

function expiredTile(states: readonly StateStats[]): Tile {
  const values = states.reduce((sum, { ttl }) => sum + (ttl?.values ?? 0), 0);
  const expired = states.reduce((sum, { ttl }) => sum + (ttl?.expired ?? 0), 0);
  const label = values === 0 ? 'expired' : `expired of ${formatCount(values)} values with TTL`;
  return { value: formatCount(expired), label, ...(expired === 0 ? {} : { tone: 'warn' }) };
}

function opaqueTile(states: readonly StateStats[], valueBytes: number): Tile[] {
  const bytes = states.reduce((sum, { opaque }) => sum + (opaque.bytes ?? 0), 0);
  if (bytes === 0) return [];
  return [{ value: formatShare(bytes / valueBytes), label: 'of the values is opaque', tone: 'warn' }];
}

/** Charts beside each other; one alone takes the whole width. */
function pair(...charts: readonly Section[]): Section[] {
  const drawn = charts.filter((section) => section.kind === 'chart' && section.bars.length > 0);
  return drawn.length < 2 ? drawn : drawn.map((section) => ({ ...section, half: true }));
}
