import type { Row } from '../export/spilled-run.js';
import { compareBytes } from './compare-bytes.js';
import { compareRows, jsonOf, sameLine, surelyDiffer } from './compare-rows.js';
import type { Counter } from './counts.js';
import type { EntryChange } from './diff-views.js';
import { type ChangeHead, type EntryValues, entryChange } from './entry-change.js';
import { type Payload, readPayload } from './entry-rows.js';
import type { SideTypes } from './field-changes.js';
import type { KeyLayout } from './key-layout.js';
import type { RowCursor } from './row-cursor.js';

/** What the join of one state's rows needs. */
export interface Join {
  readonly head: ChangeHead;
  readonly layout: KeyLayout;
  readonly types: SideTypes;
  /** `areExact` of the types. */
  readonly exact: boolean;
  readonly form: 'plain' | 'timer' | 'elements';
  readonly ttl: boolean;
  readonly counts: Counter;
  /** Whether one more change is to be listed. */
  readonly lists: () => boolean;
  /** Told of an entry of which nobody can say whether it is the same. */
  readonly undecided: () => void;
}

/** Changes that are given at once. */
export const BATCH = 256;

/**
 * Merges the sorted rows of two sides, of which each is an entry: counts what became of them, and gives the changes that
 * are listed, in order.
 */
export async function* joinEntries(
  join: Join,
  old: RowCursor,
  now: RowCursor,
): AsyncGenerator<readonly EntryChange[]> {
  let out: EntryChange[] = [];
  await old.load();
  await now.load();
  for (;;) {
    const [a, b] = [old.row, now.row];
    if (a === undefined && b === undefined) break;
    const order = a === undefined ? 1 : b === undefined ? -1 : compareBytes(a.key, b.key);
    const change = joinRow(join, order <= 0 ? a : undefined, order >= 0 ? b : undefined);
    if (change !== undefined) out.push(change);
    if (order <= 0 && !old.advance()) await old.load();
    if (order >= 0 && !now.advance()) await now.load();
    if (out.length < BATCH) continue;
    yield out;
    out = [];
  }
  if (out.length > 0) yield out;
}

/** Counts an entry; gives its change if it has one and it is to be listed. */
function joinRow(join: Join, a: Row | undefined, b: Row | undefined): EntryChange | undefined {
  const { counts } = join;
  if (a === undefined) {
    counts.added++;
    return join.lists() ? oneSided(join, 'added', b!) : undefined;
  }
  if (b === undefined) {
    counts.removed++;
    return join.lists() ? oneSided(join, 'removed', a) : undefined;
  }
  if (sameLine(a, b)) {
    counts.unchanged++;
    return undefined;
  }
  const sure = join.exact && surelyDiffer(a, b);
  if (sure) {
    counts.changed++;
    if (!join.lists()) return undefined;
  }
  const compared = compareRows('value', a, b, join.types, join.ttl);
  if (!sure) {
    counts.addBoth(compared.verdict);
    if (compared.verdict === 'unknown') join.undecided();
    if (compared.verdict !== 'changed' || !join.lists()) return undefined;
  }
  const place = placeOf(join, b, compared.old, compared.new);
  const values = { old: { json: jsonOf(compared.old.value) }, new: { json: jsonOf(compared.new.value) } };
  return entryChange(join.head, 'changed', place, values, compared.fields, compared.leftOut);
}

function oneSided(join: Join, change: 'added' | 'removed', row: Row): EntryChange {
  const payload = readPayload(row.line);
  const json = shownValue(join, row, payload);
  const values: EntryValues = {
    old: undefined,
    new: undefined,
    [change === 'added' ? 'new' : 'old']: { json },
  };
  return entryChange(join.head, change, placeOf(join, row, payload, payload), values, [], 0);
}

function shownValue({ form, layout }: Join, row: Row, { value }: Payload): unknown {
  if (form === 'elements') return JSON.parse(Buffer.from(row.key).toString('utf8'));
  if (form !== 'timer') return jsonOf(value);
  const time = layout.readTimer(row.key);
  const number = Number(time);
  return Number.isSafeInteger(number) ? number : String(time);
}

function placeOf({ form, layout }: Join, row: Row, old: Payload, now: Payload) {
  const { key, namespace } = form === 'elements' ? { key: null, namespace: null } : layout.read(row.key);
  return { keyGroup: now.keyGroup, oldKeyGroup: old.keyGroup, key, namespace };
}
