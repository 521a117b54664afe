import type { DataInputView, StatewrightError } from '@statewright/bytes';

/* What all that walk the frames of a canonical key group say of one that is wrong; the grammar is that of `canonicalEntries`. */

/** In place of a state id: the key group ends. `FullSnapshotUtil.END_OF_KEY_GROUP_MARK`. */
export const END_OF_KEY_GROUP = 0xffff;
/** In the first byte of a key: the next state id follows the value. `FullSnapshotUtil.FIRST_BIT_IN_BYTE_MASK`. */
export const META_DATA_FOLLOWS = 0x80;

/** A state id that was just read; BAD_VALUE when the header has no such state. */
export function expectStateId(view: DataInputView, id: number, states: number): number {
  if (id < states) return id;
  view.pos -= 2;
  const reason = `state id ${id} is found but the header has ${states} states`;
  throw view.error('BAD_VALUE', 'state id', reason, 2);
}

/** Compares the key-group prefix of a key at `at`, of which `first` is the first byte without its mark. */
export function expectKeyGroup(
  view: DataInputView,
  at: number,
  first: number,
  prefixBytes: number,
  expected: number,
): void {
  const found = prefixBytes === 1 ? first : (first << 8) | view.bytes[at + 1]!;
  if (found === expected) return;
  view.pos = at;
  const reason = `key group ${found} is found within key group ${expected}`;
  throw view.error('BAD_VALUE', 'key-group prefix', reason, prefixBytes);
}

/** The error for bytes between the end mark and the end of the key group. */
export function bytesBehindEnd(view: DataInputView, left: number): StatewrightError {
  return view.error('TRAILING_BYTES', 'key group', `${left} bytes follow the end mark of the group`, left);
}

/** The error for a length at `at` that leads behind `limit`, the end of the key group in the view. */
export function badLength(view: DataInputView, at: number, kind: string, limit: number): StatewrightError {
  const length = view.data.getInt32(at);
  view.pos = at;
  const reason = `length ${length} does not fit into the ${limit - at - 4} bytes left of the key group`;
  return view.error('BAD_LENGTH', kind, reason, 4);
}

/** The bytes that are needed from `at` on, for whoever fills the window; TRUNCATED when nothing more comes. */
export function bytesNeeded(view: DataInputView, at: number, bytes: number, ended: boolean): number {
  view.pos = at;
  if (!ended) return bytes;
  const left = view.bytes.length - at;
  throw view.error('TRUNCATED', 'key group', `${bytes} bytes are needed but only ${left} are left`, bytes);
}
