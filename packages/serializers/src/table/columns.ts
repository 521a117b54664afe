import type { DataInputView } from '@statewright/bytes';
import { roundToWord } from './binary-layout.js';
import type { BinaryWriter } from './binary-writer.js';

/** Reads and writes one column of a binary row, or the elements of a binary array. */
export interface Column {
  /** Bytes of an element in an array; in a row every column takes a slot of 8. */
  readonly elementSize: 1 | 2 | 4 | 8;
  /**
   * Bytes of the chunk that a slot points to, 0 when the value is in the slot itself; absent when it always is. The slot
   * is that of a value that is not null.
   */
  readonly chunk?: (input: DataInputView, slot: number) => number;
  /** Whether null is a value that `write` takes, and not a bit: the placeholder of a data view. */
  readonly takesNull?: boolean;
  /** The value of the slot at `slot`, in the row or array that lies at `[base, end)` of the view's bytes. Not null. */
  read(input: DataInputView, base: number, end: number, slot: number): unknown;
  /** Fills the slot, and appends to the variable part. Not null. The row or array starts at `base`. */
  write(out: BinaryWriter, base: number, slot: number, value: unknown): void;
}

/** Length and offset of a chunk at `at`, relative to the row or array at `base`. */
export function setSlot(out: BinaryWriter, base: number, slot: number, at: number, length: number): void {
  out.data.setUint32(slot, length, true);
  out.data.setUint32(slot + 4, at - base, true);
}

/** Appends a chunk, padded to a multiple of 8, and points the slot to it. */
export function writeChunk(out: BinaryWriter, base: number, slot: number, bytes: Uint8Array): void {
  const at = out.claim(roundToWord(bytes.length));
  out.bytes.set(bytes, at);
  setSlot(out, base, slot, at, bytes.length);
}

/** As `writeChunk`, of whatever `write` appends. */
export function writeSection(out: BinaryWriter, base: number, slot: number, write: () => void): void {
  const at = out.length;
  write();
  const length = out.length - at;
  out.claim(roundToWord(length) - length);
  setSlot(out, base, slot, at, length);
}
