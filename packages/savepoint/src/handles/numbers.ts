import type { DataInputView } from '@statewright/bytes';

/**
 * An `i64` that is a size or a position: a JavaScript number. BAD_VALUE below -1 (Flink's "not set") and beyond
 * 2^53 - 1, which no file reaches.
 */
export function readPosition(input: DataInputView, kind: string): number {
  input.need(8, kind);
  const high = input.data.getInt32(input.pos);
  const low = input.data.getUint32(input.pos + 4);
  const value = high * 0x1_0000_0000 + low;
  if (value < -1 || value > Number.MAX_SAFE_INTEGER) {
    const stored = input.data.getBigInt64(input.pos);
    throw input.error('BAD_VALUE', kind, `${stored} is not between -1 and ${Number.MAX_SAFE_INTEGER}`, 8);
  }
  input.pos += 8;
  return value;
}

/** `i32` count, then that many `i64` positions. */
export function readPositions(input: DataInputView, kind: string): number[] {
  const count = input.readCount(kind, 8);
  const positions = new Array<number>(count);
  for (let i = 0; i < count; i++) positions[i] = readPosition(input, kind);
  return positions;
}

/** The most key groups an operator can have: `KeyGroupRangeAssignment.UPPER_BOUND_MAX_PARALLELISM`. */
const MAX_KEY_GROUPS = 32768;

/** `i32` startKeyGroup, `i32` numberOfKeyGroups; BAD_VALUE when the range does not lie in 0..32767. */
export function readKeyGroupRange(input: DataInputView): { start: number; count: number } {
  const kind = 'key-group range';
  const at = input.pos;
  const start = input.readInt(kind);
  const count = input.readInt(kind);
  if (start < 0 || count < 0 || start + count > MAX_KEY_GROUPS) {
    input.pos = at;
    const reason = `start ${start} with ${count} key groups does not lie in 0 to ${MAX_KEY_GROUPS - 1}`;
    throw input.error('BAD_VALUE', kind, reason, 8);
  }
  return { start, count };
}
