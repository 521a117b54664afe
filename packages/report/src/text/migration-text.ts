import type { BeforeAfter, EventView, StateChangeView, StepView } from '@statewright/migrate';
import { jsonText } from '../json-text.js';
import { type SignStyle, signStyle } from './diff-style.js';
import { escapeText } from './escape.js';
import { formatBytes, formatCount, plural } from './numbers.js';
import { paragraph } from './paragraph.js';
import { type Column, layoutTable } from './table.js';
import { truncate } from './width.js';

/** The page that a migration is shown on. */
export interface MigrationPage {
  readonly width: number;
  readonly style: SignStyle;
}

/** A page with or without colour. */
export function migrationPage(width: number, colour: boolean): MigrationPage {
  return { width, style: signStyle(colour) };
}

type Mark = StateChangeView['mark'];

/** The colour of a mark: green for what is new, red for what is left out, yellow for what is rewritten. */
function painted(mark: Mark, style: SignStyle): (text: string) => string {
  return { '+': style.added, '-': style.removed, '~': style.changed, '>': style.heading }[mark];
}

const CATEGORY_WORDS = {
  nothing: 'nothing changes',
  metadata: 'metadata only',
  rewriting: 'data rewritten',
  lossy: 'lossy',
} as const;

/** What a category is called, for people. */
export function categoryText(category: StepView['category']): string {
  return category === null ? '' : CATEGORY_WORDS[category];
}

/** Each step: number, verb and category, what it changes, what happened to values, what went wrong. */
export function* stepLines(steps: readonly StepView[], { width, style }: MigrationPage): Iterable<string> {
  for (const step of steps) {
    const { index, verb, status, category, changes, events, error } = step;
    const word =
      status === 'NotExecuted' ? 'not executed' : status === 'Error' ? 'error' : categoryText(category);
    const paint = status === 'Error' ? style.bad : category === 'lossy' ? style.warn : style.dim;
    yield `${String(index + 1).padStart(3)}  ${style.heading(verb)}  ${paint(word)}`;
    for (const { mark, address, what, loses } of changes) {
      const lost = loses === undefined ? '' : `; loses ${loses}`;
      const text = `${address}  ${what}${lost}`;
      yield* paragraph(escapeText(text), width, `     ${mark} `, painted(mark, style));
    }
    if (events.length > 0) yield* paragraph(eventsText(events), width, '       ', style.warn);
    if (error !== null) yield* paragraph(escapeText(error.reason), width, '       ', style.bad);
  }
}

const EVENT_WORDS: { readonly [what in EventView['what']]: string } = {
  null: 'null',
  overflow: 'overflowed',
  clamped: 'clamped',
  defaulted: 'given the default',
  skipped: 'left out',
  failed: 'failed',
};

/** `3 clamped, 1 left out`. */
export function eventsText(events: readonly EventView[]): string {
  return events.map(({ what, count }) => `${formatCount(count)} ${EVENT_WORDS[what]}`).join(', ');
}

/** The states that are not as they were, with their counts, then their failures and samples. */
export function* stateLines(
  states: readonly StateChangeView[],
  { width, style }: MigrationPage,
): Iterable<string> {
  const marks = new Map(states.map(({ address, mark }) => [`${mark} ${escapeText(address)}`, mark]));
  const columns: Column[] = [
    {
      title: '  STATE',
      shrink: 'wrap',
      min: 16,
      paint: (text, [first]) => painted(marks.get(first!) ?? '>', style)(text),
    },
    { title: 'KIND' },
    { title: 'ENTRIES', align: 'right' },
    { title: 'BYTES', align: 'right' },
    { title: 'VALUES', shrink: 'wrap', min: 10, paint: style.warn },
  ];
  const rows = states.map(({ address, mark, kind, entries, bytes, events }) => [
    `${mark} ${escapeText(address)}`,
    kind,
    beforeAfter(entries, formatCount),
    beforeAfter(bytes, formatBytes),
    eventsText(events),
  ]);
  // What was not counted, or did not happen, has no column.
  const used = columns.map((_, at) => rows.some((row) => row[at] !== ''));
  const shown = columns.filter((_, at) => used[at]);
  const cells = rows.map((row) => row.filter((_, at) => used[at]));
  yield* layoutTable(shown, cells, { width, indent: 2, heading: style.dim });
}

function beforeAfter({ before, after }: BeforeAfter, format: (value: number) => string): string {
  if (before === null || after === null) return '';
  return before === after ? format(after) : `${format(before)} → ${format(after)}`;
}

/** Entries before and after, and those that failed. */
export function* sampleLines(
  states: readonly StateChangeView[],
  { width, style }: MigrationPage,
): Iterable<string> {
  for (const { address, mark, samples, failures } of states) {
    if (samples.length + failures.length === 0) continue;
    yield '';
    yield painted(mark, style)(`${mark} ${escapeText(address)}`);
    for (const { before, after } of samples) {
      if (before !== null && before !== undefined)
        yield style.removed(truncate(`    - ${jsonText(before)}`, width));
      for (const one of after) yield style.added(truncate(`    + ${jsonText(one)}`, width));
    }
    for (const { step, key, reason } of failures) {
      const text = `step ${step + 1} fails under the key ${jsonText(key)}: ${reason}`;
      yield* paragraph(escapeText(text), width, '    ! ', style.bad);
    }
  }
}

/** `9 states stay as they are`. */
export function unchangedText(count: number): string {
  return count === 1 ? '1 state stays as it is' : `${plural(count, 'state')} stay as they are`;
}
