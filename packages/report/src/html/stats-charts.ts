import type { StateStats, StatsView } from '@statewright/inspect';
import { formatCount } from '../text/numbers.js';
import type { Bar, ChartData, ChartSection } from './page-model.js';
import { textCell, topBars } from './parts.js';

/** States of most bytes first: those are looked at. */
const MAX_STATES = 24;
/** Cells of a strip at most; beyond, neighbouring key groups share one. */
const MAX_CELLS = 128;

/** Bytes of all keys and values of a state. */
export function bytesOf({ keyBytes, valueBytes }: StateStats): number {
  return (keyBytes?.total ?? 0) + (valueBytes?.total ?? 0);
}

/** How much each state holds. */
export function sizeChart(states: readonly StateStats[]): ChartSection {
  return {
    kind: 'chart',
    title: 'Bytes by state',
    shape: 'bars',
    unit: 'bytes',
    series: [{ name: 'values' }, { name: 'keys', tone: 'dim' }],
    bars: topBars(
      states.map((state) => ({
        label: textCell(state.address).text,
        values: [state.valueBytes?.total ?? 0, state.keyBytes?.total ?? 0],
      })),
    ),
  };
}

/** From the smallest to the largest value of each state. */
export function spreadChart(states: readonly StateStats[]): ChartSection {
  const sized = states.filter(({ valueBytes }) => valueBytes !== null && valueBytes.max > 0);
  return {
    kind: 'chart',
    title: 'Sizes of values by state',
    note: 'From the smallest to the largest; a long line to the right is a key that has grown.',
    shape: 'ranges',
    unit: 'bytes',
    series: [{ name: 'min' }, { name: 'p50' }, { name: 'p90' }, { name: 'p99' }, { name: 'max' }],
    bars: sized.slice(0, MAX_STATES).map(({ address, valueBytes }) => {
      const { min, p50, p90, p99, max } = valueBytes!;
      return { label: textCell(address).text, values: [min, p50, p90, p99, max] };
    }),
  };
}

/** How even the key groups of each state are. */
export function keyGroupsChart(states: readonly StateStats[]): ChartSection {
  const strips = states.flatMap((state) => keyGroupStrip(state) ?? []).slice(0, MAX_STATES);
  return {
    kind: 'chart',
    title: 'Key groups',
    note: 'Bytes from the first key group to the last; darker is more. Behind each: the largest group over the mean.',
    shape: 'strips',
    unit: 'bytes',
    series: [],
    bars: strips,
  };
}

/** The bytes of each key group of a state, in their order; undefined for what is not keyed. */
export function keyGroupStrip({ address, keyGroups }: StateStats): Bar | undefined {
  const bytes = keyGroups?.bytes;
  if (bytes === undefined) return undefined;
  const each = Math.ceil(bytes.length / MAX_CELLS);
  const values = Array.from({ length: Math.ceil(bytes.length / each) }, (_, i) =>
    bytes.slice(i * each, (i + 1) * each).reduce((sum, one) => sum + one, 0),
  );
  const name = each === 1 ? 'key group' : 'key groups';
  const mark = `${keyGroups!.skew.toFixed(1)} ×`;
  return { label: textCell(address).text, values, cells: { name, each }, mark };
}

/** How long ago all TTL values were last accessed, expired ones apart. */
export function agesChart({ states, ttlMillis }: StatsView): ChartSection {
  const known = ttlMillis !== null;
  const note = known
    ? 'By the time since their last access.'
    : 'By the time since their last access. --ttl says which of them are expired.';
  const drawn = ageColumns(states, known);
  return { kind: 'chart', title: 'Age of values with TTL', note, ...drawn };
}

/** Values by age as columns; none where no value has a time. */
export function ageColumns(states: readonly StateStats[], known: boolean): ChartData {
  const found = states.flatMap(({ ttl }) => ttl?.ages ?? []);
  const names = [...new Set(found.map(({ name }) => name))];
  const bars = names.map((label) => {
    const same = found.filter(({ name }) => name === label);
    const values = same.reduce((sum, bucket) => sum + bucket.values, 0);
    const expired = same.reduce((sum, bucket) => sum + (bucket.expired ?? 0), 0);
    return { label, values: known ? [values - expired, expired] : [values] };
  });
  const series = known
    ? [{ name: 'alive' }, { name: 'expired', tone: 'warn' as const }]
    : [{ name: 'values' }];
  return { shape: 'columns', unit: 'count', series, bars: someHold(bars) };
}

/** All timers by when they are due. */
export function timersChart(states: readonly StateStats[]): ChartSection {
  const first = states.flatMap(({ timers }) => timers?.earliestMillis ?? []);
  const note = `${formatCount(first.length)} ${first.length === 1 ? 'queue' : 'queues'} of timers, by the time until they are due.`;
  return { kind: 'chart', title: 'Timers due', note, ...timerColumns(states) };
}

/** Timers by due time as columns; none where there is no timer. */
export function timerColumns(states: readonly StateStats[]): ChartData {
  const counts = new Map<string, number>();
  for (const { timers } of states) {
    for (const { name, count } of timers?.buckets ?? []) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const bars = [...counts].map(([label, count]) => ({ label, values: [count] }));
  return { shape: 'columns', unit: 'count', series: [{ name: 'timers' }], bars: someHold(bars) };
}

function someHold(bars: readonly Bar[]): readonly Bar[] {
  return bars.some(({ values }) => values.some((value) => value > 0)) ? bars : [];
}
