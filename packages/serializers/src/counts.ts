import type { DataInputView } from '@statewright/bytes';
import type { Codec } from './model.js';

/**
 * How many values that take no bytes at all (NullValue, a tuple of nothing, Avro's null) collections may hold in all that
 * is read from one view, beyond one for each of its bytes. Without a bound four bytes could ask for two billion of them.
 */
const MAX_EMPTY = 1 << 16;

/** What was claimed, by view; only views with such values are in it. */
const claimed = new WeakMap<DataInputView, number>();

/** Least number of bytes that a value of a codec takes. */
export function minLengthOf(codec: Codec): number {
  return codec.minLength ?? Math.max(codec.length, 0);
}

/** Counts values without bytes, see MAX_EMPTY; BAD_LENGTH when they are too many. */
export function claimEmpty(input: DataInputView, kind: string, count: number): void {
  const all = (claimed.get(input) ?? 0) + count;
  const most = MAX_EMPTY + input.bytes.length;
  if (all > most) {
    throw input.error('BAD_LENGTH', kind, `${all} values without bytes but at most ${most} may be`, 0);
  }
  claimed.set(input, all);
}

/** Reads an element count (`i32`) that the bytes left can bear, see MAX_EMPTY. */
export function readElementCount(input: DataInputView, kind: string, minBytesEach: number): number {
  if (minBytesEach > 0) return input.readCount(kind, minBytesEach);
  const count = input.readInt(kind);
  if (count < 0) {
    input.pos -= 4;
    throw input.error('BAD_LENGTH', kind, `count ${count} is negative`, 4);
  }
  claimEmpty(input, kind, count);
  return count;
}
