import { type ReadOptions, readEntries, type State, type StateEntry } from '@statewright/savepoint';
import type { MapValue } from '@statewright/serializers';
import { breather } from './breather.js';
import type { KeyFilter } from './filter.js';
import { type KeyRow, keyRow } from './key-row.js';
import type { Section, Spot } from './place.js';
import type { Session } from './session.js';

/** What rows are read of. */
export interface RowSource {
  readonly session: Session;
  readonly state: State;
  readonly sections: readonly Section[];
  readonly filters: readonly KeyFilter[];
  readonly signal: AbortSignal;
}

/** Rows that were found, how far the search is, and whether there is nothing more in its direction. */
export interface RowPart {
  readonly rows: readonly KeyRow[];
  /** Sections that have been left behind. */
  readonly done: number;
  readonly end: boolean;
}

const BATCH = 64;
/** Map entries of one entry that are looked at together. */
const MAP_PART = 4096;

/** An entry with its number in its section; of a map that came in parts the first part and what the others hold. */
interface Found {
  readonly entry: StateEntry;
  readonly offset: number;
  /** Bytes and map entries of the parts behind the first. */
  moreBytes: number;
  moreEntries: number;
}

/** The entries of one section. */
async function* sectionEntries(source: RowSource, section: number): AsyncGenerator<Found> {
  const { session, state, signal } = source;
  const breathe = breather(signal);
  let held: Found | undefined;
  for await (const batch of readEntries(session.savepoint, [state], optionsOf(source, section))) {
    for (const entry of batch) {
      if (entry.continues === true && held !== undefined) {
        held.moreBytes += entry.valueBytes;
        held.moreEntries += (entry.value as MapValue).entries.length;
      } else {
        if (held !== undefined) yield held;
        held = { entry, offset: held === undefined ? 0 : held.offset + 1, moreBytes: 0, moreEntries: 0 };
      }
    }
    await breathe();
  }
  if (held !== undefined) yield held;
}

function optionsOf({ sections, filters }: RowSource, section: number): ReadOptions {
  const { keyGroup, stream } = sections[section]!;
  const whole = filters.some((filter) => filter.whole);
  return {
    keyGroups: { start: keyGroup, end: keyGroup },
    streams: [stream],
    batchEntries: BATCH,
    ...(whole ? {} : { maxMapEntries: MAP_PART }),
  };
}

function passes({ filters, session }: RowSource, entry: StateEntry): boolean {
  return filters.every((filter) => filter.matches(entry, session.mask));
}

function rowOf({ session }: RowSource, section: number, found: Found): KeyRow {
  const { entry, offset, moreBytes, moreEntries } = found;
  return keyRow(entry, { section, offset }, session.mask, moreBytes, moreEntries);
}

/** The rows from a spot on (`inclusive`) or behind it, at most `count`; in parts, one for each section that is done. */
export async function* rowsFrom(
  source: RowSource,
  from: Spot,
  inclusive: boolean,
  count: number,
): AsyncGenerator<RowPart> {
  let left = count;
  for (let section = from.section; section < source.sections.length; section++) {
    const first = section > from.section ? 0 : from.offset + (inclusive ? 0 : 1);
    const rows: KeyRow[] = [];
    for await (const found of sectionEntries(source, section)) {
      if (found.offset < first || !passes(source, found.entry)) continue;
      rows.push(rowOf(source, section, found));
      if (rows.length === left) break;
    }
    left -= rows.length;
    const end = section === source.sections.length - 1 && left > 0;
    yield { rows, done: section + 1, end };
    if (left === 0) return;
  }
  if (source.sections.length === 0) yield { rows: [], done: 0, end: true };
}

/** The rows before a spot, at most `count`, in their order; in parts that belong before one another. */
export async function* rowsBefore(source: RowSource, before: Spot, count: number): AsyncGenerator<RowPart> {
  let left = count;
  for (let section = Math.min(before.section, source.sections.length - 1); section >= 0; section--) {
    const limit = section < before.section ? Number.POSITIVE_INFINITY : before.offset;
    const rows: KeyRow[] = [];
    for await (const found of sectionEntries(source, section)) {
      if (found.offset >= limit) break;
      if (!passes(source, found.entry)) continue;
      rows.push(rowOf(source, section, found));
      // Only the last ones are wanted; cutting now and then keeps the cost of it low.
      if (rows.length >= 4 * left) rows.splice(0, rows.length - left);
    }
    const last = rows.slice(-left);
    left -= last.length;
    yield { rows: last, done: source.sections.length - section, end: section === 0 && left > 0 };
    if (left === 0) return;
  }
  if (source.sections.length === 0) yield { rows: [], done: 0, end: true };
}

/** The entry at a spot, a map as a whole up to `maxMap` entries; undefined when there is none. */
export async function entryAt(
  source: RowSource,
  { section, offset }: Spot,
  maxMap: number,
): Promise<StateEntry | undefined> {
  const place = source.sections[section];
  if (place === undefined) return undefined;
  const breathe = breather(source.signal);
  const keyGroups = { start: place.keyGroup, end: place.keyGroup };
  const options = { keyGroups, streams: [place.stream], batchEntries: BATCH, maxMapEntries: maxMap };
  let at = -1;
  for await (const batch of readEntries(source.session.savepoint, [source.state], options)) {
    for (const entry of batch) {
      if (entry.continues === true) continue;
      at++;
      if (at === offset) return entry;
    }
    await breathe();
  }
  return undefined;
}

/** The number in its section of the first entry of which `is` holds; undefined when there is none. Filters do not matter. */
export async function rowNumber(
  source: RowSource,
  section: number,
  is: (entry: StateEntry) => boolean,
): Promise<number | undefined> {
  for await (const { entry, offset } of sectionEntries(source, section)) if (is(entry)) return offset;
  return undefined;
}
