import type { Octave, StateStats } from '@statewright/inspect';
import { formatBytes } from '../text/numbers.js';
import type { ChartData, ChartSection } from './page-model.js';

/** How many values there are of each size, and which sizes hold the bytes; none where octaves were not counted. */
export function sizeHistograms(states: readonly StateStats[]): ChartSection[] {
  const octaves = merged(states.map(({ valueBytes }) => valueBytes?.octaves ?? []));
  if (octaves.length === 0) return [];
  const note = 'A column begins at the size below it and ends at the next one.';
  return [
    { kind: 'chart', title: 'Entries by size of value', note, half: true, ...columns(octaves, 'count') },
    { kind: 'chart', title: 'Bytes by size of value', note, half: true, ...columns(octaves, 'bytes') },
  ];
}

/** How many values of one state there are of each size; undefined where octaves were not counted. */
export function sizeColumns({ valueBytes }: StateStats): ChartData | undefined {
  const octaves = valueBytes?.octaves;
  return octaves === undefined || octaves.length < 2 ? undefined : columns(octaves, 'count');
}

function columns(octaves: readonly Octave[], unit: 'count' | 'bytes'): ChartData {
  return {
    shape: 'columns',
    unit,
    series: [{ name: unit === 'count' ? 'entries' : 'bytes' }],
    bars: octaves.map(({ from, count, total }) => ({
      label: formatBytes(from),
      values: [unit === 'count' ? count : total],
    })),
  };
}

/** Octaves of several distributions as those of one, without a gap. */
function merged(lists: readonly (readonly Octave[])[]): Octave[] {
  const sums = new Map<number, Octave>();
  for (const octave of lists.flat()) {
    const { count = 0, total = 0 } = sums.get(octave.from) ?? {};
    sums.set(octave.from, { ...octave, count: count + octave.count, total: total + octave.total });
  }
  if (sums.size === 0) return [];
  const last = Math.max(...sums.keys());
  const found: Octave[] = [];
  let from = Math.min(...sums.keys());
  while (from <= last) {
    const to = from === 0 ? 1 : from * 2;
    found.push(sums.get(from) ?? { from, to, count: 0, total: 0 });
    from = to;
  }
  return found;
}
