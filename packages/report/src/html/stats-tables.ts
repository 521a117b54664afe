import type { StateStats, StatsView, TopEntry } from '@statewright/inspect';
import { formatShare } from '../text/numbers.js';
import { blocks } from '../text/stats-details.js';
import type { ChartData, PageCell, PageDetail, PageRow, TableSection } from './page-model.js';
import { bytesCell, countCell, textCell, topBars, withoutEmpty } from './parts.js';
import { ageColumns, bytesOf, keyGroupStrip, timerColumns } from './stats-charts.js';
import { sizeColumns } from './stats-histograms.js';

/** Largest keys that are shown before all are asked for. */
const FIRST_KEYS = 20;

const numeric = (title: string) => ({ title, numeric: true });

/** The largest keys, lists and maps of all states, largest first. */
export function largestTable({ states }: StatsView): TableSection[] {
  const found = states.flatMap((state) => entriesOf(state).map((entry) => ({ state, entry })));
  if (found.length === 0) return [];
  const rows = found
    .sort((a, b) => b.entry.bytes - a.entry.bytes)
    .map(({ state, entry }) => largestRow(state, entry));
  const columns = [
    { title: 'Key', code: true },
    { title: 'Window', code: true },
    { title: 'State', code: true },
    numeric('Key group'),
    numeric('Subtask'),
    numeric('Elements'),
    { ...numeric('Bytes'), sorted: 'descending' as const },
    numeric('Of its state'),
  ];
  const note = 'Of each state the largest keys and those of most elements; --top says how many.';
  return [withoutEmpty({ kind: 'table', title: 'Largest keys', note, columns, rows, first: FIRST_KEYS })];
}

/** Entries with a key that stand out by bytes or by elements, each once. */
function entriesOf({ topKeys, largest }: StateStats): readonly TopEntry[] {
  const nameOf = ({ key, namespace }: TopEntry) => JSON.stringify([key, namespace]);
  const all = [...topKeys, ...largest].filter(({ keyGroup }) => keyGroup !== null);
  return [...new Map(all.map((entry) => [nameOf(entry), entry])).values()];
}

function largestRow(
  state: StateStats,
  { key, namespace, keyGroup, subtask, elements, bytes }: TopEntry,
): PageRow {
  return {
    cells: [
      textCell(JSON.stringify(key)),
      textCell(namespace === null ? '' : JSON.stringify(namespace)),
      textCell(state.address),
      countCell(keyGroup),
      countCell(subtask),
      countCell(elements),
      bytesCell(bytes),
      shareCell(bytes / Math.max(1, bytesOf(state))),
    ],
  };
}

/** All states; a row opens. */
export function statesTable(view: StatsView, states: readonly StateStats[]): TableSection {
  return withoutEmpty({
    kind: 'table',
    title: 'States',
    note: 'A row opens: sizes, largest keys, key groups, subtasks, time to live, timers.',
    columns: [
      { title: 'State', code: true },
      { title: 'Kind' },
      numeric('Entries'),
      { ...numeric('Bytes'), sorted: 'descending' },
      ...['Key p50', 'Value p50', 'p99', 'Max', 'Skew', 'Expired', 'Opaque'].map(numeric),
    ],
    rows: states.map((state) => stateRow(state, view)),
  });
}

function shareCell(value: number | null | undefined): PageCell {
  return value === null || value === undefined
    ? { text: '', sort: -1 }
    : { text: formatShare(value), sort: value };
}

function stateRow(state: StateStats, view: StatsView): PageRow {
  const { keyBytes, valueBytes, keyGroups, ttl, opaque } = state;
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
      shareCell(ttl?.expiredShare),
      opaque.parts.length === 0 ? { text: '', sort: -1 } : { ...shareCell(opaque.share), tone: 'warn' },
    ],
    details: details(state, view),
  };
}

function details(state: StateStats, view: StatsView): PageDetail[] {
  const facts = blocks(state, view).map(({ label, facts }) => ({ label, lines: facts }));
  const strip = keyGroupStrip(state);
  const subtasks = state.subtasks.map(({ subtask, bytes }) => ({ label: `${subtask}`, values: [bytes] }));
  const charts: readonly (readonly [string, ChartData | undefined])[] = [
    ['values by size', sizeColumns(state)],
    [
      'bytes by key group',
      strip && { shape: 'strips', unit: 'bytes', series: [], bars: [{ ...strip, label: '' }] },
    ],
    ['values by age', ageColumns([state], view.ttlMillis !== null)],
    ['timers by due time', timerColumns([state])],
    [
      'bytes by subtask',
      {
        shape: 'bars',
        unit: 'bytes',
        series: [{ name: '' }],
        bars: subtasks.length < 2 ? [] : topBars(subtasks),
      },
    ],
  ];
  const drawn = charts.flatMap(([label, chart]) =>
    chart === undefined || chart.bars.length === 0 ? [] : [{ label, lines: [], chart }],
  );
  return [{ label: 'type', lines: [textCell(state.type).text] }, ...facts, ...drawn];
}

/** States that could not be counted. */
export function unreadTable({ unread }: StatsView): TableSection[] {
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
