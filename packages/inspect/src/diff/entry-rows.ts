import { DataOutputView } from '@statewright/bytes';
import type { StateEntry } from '@statewright/savepoint';
import { MapValue, toJson } from '@statewright/serializers';
import type { Form } from './comparable.js';
import type { KeyLayout } from './key-layout.js';

/** Takes one row: its key, which the taker must copy, and what it holds. */
export type TakeRow = (key: Uint8Array, payload: string) => void;

/** Turns the entries of one state into rows: one each; of a map, one for each of its entries. */
export type EntryRows = (entry: StateEntry, take: TakeRow) => void;

/**
 * Rows of a state. What a row holds is text: the value as JSON, a tab, its time of last access, a tab, the key group. The value of
 * a map without entries is no text at all.
 */
export function entryRows(form: Form, layout: KeyLayout): EntryRows {
  const output = new DataOutputView();
  if (form === 'elements') return (entry, take) => elementRows(entry, output, take);
  return (entry, take) => {
    output.clear();
    layout.writeEntry(output, entry);
    if (form === 'map' && entry.value instanceof MapValue)
      mapRows(entry, layout, output.toBytes(), output, take);
    else if (form === 'timer') take(output.view(), payload('', undefined, entry));
    else take(output.view(), payload(toJson(entry.value), timeText(entry.ttl), entry));
  };
}

function mapRows(
  entry: StateEntry,
  layout: KeyLayout,
  head: Uint8Array,
  output: DataOutputView,
  take: TakeRow,
): void {
  const { entries } = entry.value as MapValue;
  if (entries.length === 0 && entry.continues !== true) take(head, payload('', undefined, entry));
  for (let i = 0; i < entries.length; i++) {
    const [userKey, value] = entries[i]!;
    output.clear();
    output.writeBytes(head);
    layout.writeUserKey(output, userKey);
    const time = typeof entry.ttl === 'object' ? entry.ttl[i] : entry.ttl;
    take(output.view(), payload(toJson(value), timeText(time), entry));
  }
}

/** Flink deals the elements of operator lists anew on every restore: an element has no place, only itself. */
function elementRows({ value }: StateEntry, output: DataOutputView, take: TakeRow): void {
  for (const element of Array.isArray(value) ? value : [value]) {
    output.clear();
    output.writeBytes(Buffer.from(toJson(element)));
    take(output.view(), '\t\t');
  }
}

function payload(value: string, time: string | undefined, { keyGroup }: StateEntry): string {
  return `${value}\t${time ?? ''}\t${keyGroup ?? ''}`;
}

function timeText(ttl: StateEntry['ttl']): string | undefined {
  if (ttl === undefined) return undefined;
  return typeof ttl === 'bigint' ? toJson(ttl) : `[${ttl.map(toJson).join(',')}]`;
}

/** What a row holds, taken apart. */
export interface Payload {
  /** JSON text; empty for a timer and for a map without entries. */
  readonly value: string;
  /** JSON text; empty where there is no time of last access. */
  readonly time: string;
  readonly keyGroup: number | null;
}

/** Reads what `entryRows` wrote, with the line end that a row has behind it. */
export function readPayload(line: Uint8Array): Payload {
  const text = Buffer.from(line.buffer, line.byteOffset, line.length - 1).toString('utf8');
  const [value = '', time = '', keyGroup = ''] = text.split('\t');
  return { value, time, keyGroup: keyGroup === '' ? null : Number(keyGroup) };
}
