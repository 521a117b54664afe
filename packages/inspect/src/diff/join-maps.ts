import type { Row } from '../export/spilled-run.js';
import { beginsWith, compareBytes } from './compare-bytes.js';
import {
  type ComparedRows,
  compareRows,
  jsonOf,
  type RowVerdict,
  sameLine,
  surelyDiffer,
} from './compare-rows.js';
import type { Counter } from './counts.js';
import type { ChangeKind, EntryChange, FieldChange } from './diff-views.js';
import { type ChangeHead, entryChange } from './entry-change.js';
import { readPayload } from './entry-rows.js';
import type { SideTypes } from './field-changes.js';
import { BATCH } from './join-entries.js';
import type { KeyLayout } from './key-layout.js';
import type { RowCursor } from './row-cursor.js';

/** What the join of the rows of map state needs. */
export interface MapJoin {
  readonly head: ChangeHead;
  readonly layout: KeyLayout;
  /** Of a map's value. */
  readonly types: SideTypes;
  /** `areExact` of the types. */
  readonly exact: boolean;
  readonly ttl: boolean;
  /** Maps. */
  readonly counts: Counter;
  /** The entries of all maps. */
  readonly mapEntries: Counter;
  readonly lists: () => boolean;
  /** Told of an entry of which nobody can say whether it is the same. */
  readonly undecided: () => void;
}

/** Fields of a map that are told at once: a larger change comes in several parts. */
const MOST_FIELDS = 1000;

/**
 * Merges the sorted rows of two sides, of which each is an entry of some key's map. Maps are never held as a whole: what is
 * kept is their changes, and of those a thousand.
 */
export async function* joinMaps(
  join: MapJoin,
  old: RowCursor,
  now: RowCursor,
): AsyncGenerator<readonly EntryChange[]> {
  let out: EntryChange[] = [];
  await old.load();
  await now.load();
  while (old.row !== undefined || now.row !== undefined) {
    const map = new MapUnderKey(join, old.row, now.row);
    for (;;) {
      const [a, b] = map.next(old.row, now.row);
      if (a === undefined && b === undefined) break;
      map.add(a, b);
      if (a !== undefined && !old.advance()) await old.load();
      if (b !== undefined && !now.advance()) await now.load();
      if (map.isFull) out.push(map.part());
      if (out.length >= BATCH) {
        yield out;
        out = [];
      }
    }
    const last = map.end();
    if (last !== undefined) out.push(last);
  }
  if (out.length > 0) yield out;
}

/** The map of one key and namespace, while its rows go by. */
class MapUnderKey {
  /** Key and namespace: all rows of the map begin with them. */
  private readonly prefix: Uint8Array;
  private readonly inOld: boolean;
  private readonly inNew: boolean;
  private readonly first: { readonly old: Row | undefined; readonly new: Row | undefined };
  private fields: FieldChange[] = [];
  private leftOut = 0;
  private changes = 0;
  private touched = 0;
  private unknown = 0;
  private parts = 0;
  private listed: boolean | undefined;

  constructor(
    private readonly join: MapJoin,
    old: Row | undefined,
    now: Row | undefined,
  ) {
    const [a, b] = [this.prefixOf(old), this.prefixOf(now)];
    const order = a === undefined ? 1 : b === undefined ? -1 : compareBytes(a, b);
    this.prefix = (order <= 0 ? a : b)!;
    this.inOld = order <= 0;
    this.inNew = order >= 0;
    this.first = { old: this.inOld ? old : undefined, new: this.inNew ? now : undefined };
  }

  private prefixOf(row: Row | undefined): Uint8Array | undefined {
    return row?.key.subarray(0, this.join.layout.entryLength(row.key));
  }

  /** The rows of the least key that belong to this map; none at its end. */
  next(old: Row | undefined, now: Row | undefined): [Row | undefined, Row | undefined] {
    const a = old !== undefined && this.owns(old) ? old : undefined;
    const b = now !== undefined && this.owns(now) ? now : undefined;
    if (a === undefined || b === undefined) return [a, b];
    const order = compareBytes(a.key, b.key);
    return [order <= 0 ? a : undefined, order >= 0 ? b : undefined];
  }

  private owns({ key }: Row): boolean {
    return beginsWith(key, this.prefix);
  }

  add(a: Row | undefined, b: Row | undefined): void {
    if (a !== undefined && b !== undefined) this.addBoth(a, b);
    else this.addOne(a === undefined ? 'added' : 'removed', (a ?? b)!);
  }

  private addBoth(a: Row, b: Row): void {
    const empty = this.isEmptyMap(a) && this.isEmptyMap(b);
    if (empty || sameLine(a, b)) {
      if (!empty) this.join.mapEntries.unchanged++;
      return;
    }
    if (this.join.exact && surelyDiffer(a, b)) {
      this.join.mapEntries.changed++;
      this.changes++;
      if (this.isListed()) this.list(compareRows(this.pathOf(a), a, b, this.join.types, this.join.ttl));
      return;
    }
    const compared = compareRows(this.pathOf(a), a, b, this.join.types, this.join.ttl);
    this.join.mapEntries.addBoth(compared.verdict);
    if (compared.verdict === 'touched') this.touched++;
    if (compared.verdict === 'unknown') this.unknown++;
    if (compared.verdict !== 'changed') return;
    this.changes++;
    if (this.isListed()) this.list(compared);
  }

  private list({ fields, leftOut }: ComparedRows): void {
    this.fields.push(...fields);
    this.leftOut += leftOut;
  }

  private addOne(change: 'added' | 'removed', row: Row): void {
    this.changes++;
    if (this.isEmptyMap(row)) return;
    this.join.mapEntries[change]++;
    if (!this.isListed()) return;
    const json = jsonOf(readPayload(row.line).value);
    const value = change === 'added' ? { new: json } : { old: json };
    this.fields.push({ path: this.pathOf(row), change, ...value });
  }

  /** The row of a map without entries. */
  private isEmptyMap({ key, line }: Row): boolean {
    return key.length === this.prefix.length && line[0] === 0x09;
  }

  /** A map that could not be taken apart is one row, without a key of its own. */
  private pathOf({ key }: Row): string {
    const { length } = this.prefix;
    if (key.length === length) return 'value';
    return `value[${JSON.stringify(this.join.layout.readUserKey(key, length))}]`;
  }

  /** Asked at the first change: whether this map's are listed. */
  private isListed(): boolean {
    this.listed ??= this.join.lists();
    return this.listed;
  }

  get isFull(): boolean {
    return this.fields.length >= MOST_FIELDS;
  }

  /** The changes so far, of a map that goes on. */
  part(): EntryChange {
    const { first, parts } = this;
    const place = { keyGroup: keyGroupOf(first.new), oldKeyGroup: keyGroupOf(first.old) };
    const where = { ...place, ...this.join.layout.read(this.prefix) };
    const none = { old: undefined, new: undefined };
    const made = entryChange(this.join.head, this.change, where, none, this.fields, this.leftOut);
    this.fields = [];
    this.leftOut = 0;
    this.parts++;
    return parts === 0 ? made : { ...made, continues: true };
  }

  private get change(): ChangeKind {
    if (!this.inOld) return 'added';
    return this.inNew ? 'changed' : 'removed';
  }

  private get verdict(): RowVerdict {
    if (this.changes > 0) return 'changed';
    if (this.unknown > 0) return 'unknown';
    return this.touched > 0 ? 'touched' : 'unchanged';
  }

  /** Counts the map; gives its last changes, if any are listed. */
  end(): EntryChange | undefined {
    const { counts } = this.join;
    if (!this.inOld || !this.inNew) {
      counts[this.change]++;
      if (!this.isListed()) return undefined;
      return this.parts === 0 || this.fields.length > 0 ? this.part() : undefined;
    }
    counts.addBoth(this.verdict);
    if (this.verdict === 'unknown') this.join.undecided();
    return this.fields.length > 0 ? this.part() : undefined;
  }
}

function keyGroupOf(row: Row | undefined): number | null {
  return row === undefined ? null : readPayload(row.line).keyGroup;
}
