import type { DataInputView } from '@statewright/bytes';
import type { Codec } from './model.js';

/**
 * How many elements that may take no bytes at all (NullValue, a tuple of nothing) a collection may claim beyond the
 * bytes it has. Without a bound four bytes could ask for two billion of them.
 */
export const MAX_EMPTY_ELEMENTS = 1 << 20;

/** Least number of bytes that a value of a codec takes. */
export function minLengthOf(codec: Codec): number {
  return codec.minLength ?? Math.max(codec.length, 0);
}

/** Reads an element count (`i32`) that the bytes left can bear, see MAX_EMPTY_ELEMENTS. */
export function readElementCount(input: DataInputView, kind: string, minBytesEach: number): number {
  if (minBytesEach > 0) return input.readCount(kind, minBytesEach);
  const count = input.readInt(kind);
  const most = Math.max(input.remaining, MAX_EMPTY_ELEMENTS);
  if (count >= 0 && count <= most) return count;
  input.pos -= 4;
  const reason =
    count < 0 ? `count ${count} is negative` : `count ${count} is more than the ${most} that may be`;
  throw input.error('BAD_LENGTH', kind, reason, 4);
}
