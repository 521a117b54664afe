import type { StateStats, StatsView } from '@statewright/inspect';
import { formatBytes, formatCount, formatShare } from '../text/numbers.js';
import { blocks } from '../text/stats-details.js';
import type { ChartSection, PageDetail, PageModel, PageRow, Section, TableSection } from './page-model.js';
import { bytesCell, countCell, factsOf, textCell, topBars, withoutEmpty } from './parts.js';

/** `stats` as a page: where the bytes are, how large values are, and what stands out in each state. */
export function statsPage(view: StatsView): PageModel {
  const { snapshot, total, states } = view;
  const expired = states.reduce((sum, { ttl }) => sum + (ttl?.expired ?? 0), 0);
  const skew = Math.max(1, ...states.map(({ keyGroups }) => keyGroups?.skew ?? 1));
  return {
    kind: 'stats',
    title: textCell(snapshot.path).text,
    conclusion: null,
    tiles: [
      { value: formatBytes(total.keyBytes + total.valueBytes), label: 'keys and values' },
      { value: formatCount(total.entries), label: 'entries' },
      { value: formatCount(states.length), label: 'states' },
      { value: `${skew.toFixed(1)} ×`, label: 'largest key group over the mean' },
      ...(view.ttlMillis === null ? [] : [{ value: formatCount(expired), label: 'expired' }]),
    ],
    facts: [
      ...factsOf(snapshot),
      view.values ? 'values decoded' : 'frames counted, not decoded: of a map, each of its entries',
      `times as of ${new Date(view.atMillis).toISOString()}`,
    ],
    sections: [
      sizeChart(states),
      spreadChart(states),
      timerChart(states),
      withoutEmpty(statesTable(view)),
      ...unread(view),
    ],
  };
}

function bytesOf({ keyBytes, valueBytes }: StateStats): number {
  return (keyBytes?.total ?? 0) + (valueBytes?.total ?? 0);
}

function sizeChart(states: readonly StateStats[]): ChartSection {
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

/** States of most bytes first: those are looked at. */
const MAX_RANGES = 24;

function spreadChart(states: readonly StateStats[]): ChartSection {
  const sized = states.filter(({ valueBytes }) => valueBytes !== null && valueBytes.max > 0);
  const shown = [...sized].sort((a, b) => bytesOf(b) - bytesOf(a)).slice(0, MAX_RANGES);
  return {
    kind: 'chart',
    title: 'Sizes of values',
    note: 'From the smallest to the largest; a long line to the right is a key that has grown.',
    shape: 'ranges',
    unit: 'bytes',
    series: [{ name: 'min' }, { name: 'p50' }, { name: 'p90' }, { name: 'p99' }, { name: 'max' }],
    bars: shown.map(({ address, valueBytes }) => {
      const { min, p50, p90, p99, max } = valueBytes!;
      return { label: textCell(address).text, values: [min, p50, p90, p99, max] };
    }),
  };
}

/** All timers of the snapshot by when they are due; what is of which state stands in its row. */
function timerChart(states: readonly StateStats[]): ChartSection {
  const counts = new Map<string, number>();
  for (const { timers } of states) {
    for (const { name, count } of timers?.buckets ?? []) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const some = [...counts.values()].some((count) => count > 0);
  return {
    kind: 'chart',
    title: 'Timers due',
    shape: 'bars',
    unit: 'count',
    series: [{ name: 'timers' }],
    bars: some ? [...counts].map(([label, count]) => ({ label, values: [count] })) : [],
  };
}

function statesTable(view: StatsView): TableSection {
  const numeric = (title: string) => ({ title, numeric: true });
  return {
    kind: 'table',
    title: 'States',
    note: 'A row opens: largest keys, key groups, subtasks, time to live.',
    columns: [
      { title: 'State', code: true },
      { title: 'Kind' },
      ...['Entries', 'Bytes', 'Key p50', 'Value p50', 'p99', 'Max', 'Skew', 'Expired', 'Opaque'].map(numeric),
    ],
    rows: view.states.map((state) => stateRow(state, view)),
  };
}

function stateRow(state: StateStats, view: StatsView): PageRow {
  const { keyBytes, valueBytes, keyGroups, ttl, opaque } = state;
  const share = (value: number | null | undefined) =>
    value === null || value === undefined
      ? { text: '', sort: -1 }
      : { text: formatShare(value), sort: value };
  return {
    cells: [
      textCell(state.address),
      { text: state.kind },
      countCell(state.entries ?? state.elements ?? 0),
      bytesCell(bytesOf(state)),
      bytesCell(keyBytes?.p50),
      bytesCell(valueBytes?.p50),
      bytesCell(valueBytes?.p99),
      bytesCell(valueBytes?.max),
      keyGroups === null ? { text: '', sort: -1 } : { text: keyGroups.skew.toFixed(1), sort: keyGroups.skew },
      share(ttl?.expiredShare),
      opaque.parts.length === 0 ? { text: '', sort: -1 } : { ...share(opaque.share), tone: 'warn' },
    ],
    details: details(state, view),
  };
}

function details(state: StateStats, view: StatsView): PageDetail[] {
  const facts = blocks(state, view)
    .filter(({ label }) => label !== 'subtasks')
    .map(({ label, facts }) => ({ label, lines: facts }));
  const subtasks = state.subtasks.map(({ subtask, bytes }) => ({ label: `${subtask}`, values: [bytes] }));
  const bars: PageDetail[] =
    subtasks.length < 2 ? [] : [{ label: 'subtasks', lines: [], bars: topBars(subtasks), unit: 'bytes' }];
  return [{ label: 'type', lines: [textCell(state.type).text] }, ...facts, ...bars];
}

function unread({ unread }: StatsView): Section[] {
  if (unread.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'Not counted',
      note: 'The entries of these states cannot be read.',
      columns: [{ title: 'State', code: true }, { title: 'Why' }],
      rows: unread.map(({ address, why }) => ({ cells: [textCell(address), textCell(why)] })),
    },
  ];
}
