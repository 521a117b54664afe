import type { StateEntry } from '@statewright/savepoint';
import { MapValue, toJson } from '@statewright/serializers';
import type { Mask } from './mask.js';
import type { Spot } from './place.js';
import { previewOf } from './preview.js';

/** What a list of keys shows of an entry: texts of bounded length, so that any number of entries fits into memory. */
export interface KeyRow {
  readonly spot: Spot;
  readonly keyGroup: number;
  /** Not yet escaped for the terminal, as `namespace` and `value`. */
  readonly key: string;
  readonly namespace: string | undefined;
  readonly value: string;
  readonly keyBytes: number;
  readonly valueBytes: number;
}

/** A longer key is cut off. */
export const KEY_CHARS = 200;
const VALUE_CHARS = 300;

/** A key as text: a string as it is, anything else as `previewOf`. */
export function keyText(key: unknown, limit: number): string {
  return typeof key === 'string' ? key.slice(0, limit) : previewOf(key, limit);
}

/** The row of an entry. `moreBytes` and `moreEntries` are those of a map's parts that are not in `entry`. */
export function keyRow(
  entry: StateEntry,
  spot: Spot,
  mask: Mask,
  moreBytes: number,
  moreEntries: number,
): KeyRow {
  const { namespace, keyBytes, valueBytes, keyGroup = 0 } = entry;
  const shownNamespace =
    namespace === null || namespace === undefined ? undefined : mask.apply('namespace', namespace);
  return {
    spot,
    keyGroup,
    key: keyText(mask.apply('key', entry.key), KEY_CHARS),
    namespace: shownNamespace === undefined ? undefined : previewOf(shownNamespace, KEY_CHARS),
    value: valueText(entry, mask, moreEntries),
    keyBytes,
    valueBytes: valueBytes + moreBytes,
  };
}

function valueText(entry: StateEntry, mask: Mask, more: number): string {
  const value = mask.apply('value', entry.value);
  if (entry.state.kind === 'timer' && typeof value === 'bigint') return timeText(value);
  const text = previewOf(value, VALUE_CHARS);
  const count = countOf(value);
  return count === undefined || count + more < 2 ? text : `${count + more} × ${text}`;
}

function countOf(value: unknown): number | undefined {
  if (value instanceof MapValue) return value.entries.length;
  return Array.isArray(value) ? value.length : undefined;
}

const LAST_DATE = 8_640_000_000_000_000n;

/** Milliseconds since the epoch as a UTC time; the number where no calendar reaches. */
export function timeText(millis: bigint): string {
  if (millis > LAST_DATE || millis < -LAST_DATE) return toJson(millis);
  return new Date(Number(millis)).toISOString();
}
