import type { StateStats, StatsView } from '@statewright/inspect';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { formatBytes, formatCount, plural } from './numbers.js';
import { snapshotText } from './snapshot-text.js';
import { stateHeading } from './state-heading.js';
import { detailLines } from './stats-details.js';
import type { Style } from './style.js';
import { type Column, layoutTable } from './table.js';
import { wrap } from './width.js';

const COLUMNS: readonly Column[] = [
  { title: 'STATE', shrink: 'wrap', min: 14 },
  { title: 'ENTRIES', align: 'right' },
  { title: 'BYTES', align: 'right' },
  { title: 'KEY P50', align: 'right' },
  { title: 'VALUE P50', align: 'right' },
  { title: 'P90', align: 'right' },
  { title: 'P99', align: 'right' },
  { title: 'MAX', align: 'right' },
];

/** Statistics: one table of all states, then what stands out in each. */
export function* statsText(view: StatsView, width: number, style: Style): Iterable<string> {
  yield* snapshotText(view.snapshot, width, style);
  yield* factLines(totalFacts(view), width, 2);
  if (view.states.length > 0) {
    yield '';
    yield* layoutTable(COLUMNS, view.states.map(row), { width, indent: 2, heading: style.dim });
  }
  for (const state of view.states.filter(({ entries, elements }) => (entries ?? elements ?? 0) > 0)) {
    yield '';
    const what = escapeText(`${state.kind}, ${state.type}`);
    yield* stateHeading(escapeText(state.address), what, width, style);
    yield* detailLines(state, view, width, style);
  }
  yield* unreadLines(view, width, style);
}

function totalFacts({ total, values, atMillis }: StatsView): string[] {
  return [
    plural(total.entries, 'entry', 'entries'),
    `keys ${formatBytes(total.keyBytes)}`,
    `values ${formatBytes(total.valueBytes)}`,
    values ? 'values decoded' : 'frames counted, not decoded: of a map, each of its entries',
    `times as of ${new Date(atMillis).toISOString()}`,
  ];
}

function row(state: StateStats): string[] {
  const { keyBytes, valueBytes } = state;
  const sizes = [keyBytes?.p50, valueBytes?.p50, valueBytes?.p90, valueBytes?.p99, valueBytes?.max];
  return [
    escapeText(state.address),
    formatCount(state.entries ?? state.elements ?? 0),
    formatBytes((keyBytes?.total ?? 0) + (valueBytes?.total ?? 0)),
    ...sizes.map((size) => (size === undefined ? '' : formatBytes(size))),
  ];
}

function* unreadLines(view: StatsView, width: number, style: Style): Iterable<string> {
  if (view.unread.length === 0) return;
  yield '';
  for (const { address, why } of view.unread) {
    const [first = '', ...rest] = wrap(escapeText(`${address} is not counted: ${why}`), width - 4);
    yield style.warn(`  ! ${first}`);
    for (const line of rest) yield style.warn(`    ${line}`);
  }
}
