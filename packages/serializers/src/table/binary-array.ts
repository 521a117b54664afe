import type { DataInputView } from '@statewright/bytes';
import { cannotEncode } from '../opaque.js';
import { arrayHeaderBytes, chunkLength, chunkStart, isNullBit, roundToWord } from './binary-layout.js';
import { overlapping } from './binary-row.js';
import type { BinaryWriter } from './binary-writer.js';
import { type Column, writeSection } from './columns.js';

const KIND = 'BinaryArrayData';
const COUNT_BYTES = 4;

/** The elements of the array that lies at `[base, end)` of the view's bytes. */
export function readArray(input: DataInputView, element: Column, base: number, end: number): unknown[] {
  const count = readArrayCount(input, element, base, end);
  const first = base + arrayHeaderBytes(count);
  const { elementSize } = element;
  const elements: unknown[] = [];
  let used = 0;
  for (let i = 0; i < count; i++) {
    if (isNullBit(input.bytes, base + COUNT_BYTES, i)) {
      elements.push(null);
      continue;
    }
    const slot = first + elementSize * i;
    if (element.chunk !== undefined) {
      used += element.chunk(input, slot);
      if (used > end - base) throw overlapping(input, slot, end - base);
    }
    elements.push(element.read(input, base, end, slot));
  }
  return elements;
}

/** The number of elements, once it is known that their fixed parts are there. */
function readArrayCount(input: DataInputView, element: Column, base: number, end: number): number {
  const size = end - base;
  const count = size < COUNT_BYTES ? -1 : input.data.getInt32(base, true);
  if (count >= 0 && arrayHeaderBytes(count) + element.elementSize * count <= size) return count;
  input.pos = base;
  const reason =
    size < COUNT_BYTES
      ? `an array of ${size} bytes has no room for its count`
      : `count ${count} does not fit into the ${size} bytes of the array`;
  throw input.error('BAD_LENGTH', KIND, reason, COUNT_BYTES);
}

/** Appends an array as `BinaryArrayWriter` lays it out. */
export function writeArray(out: BinaryWriter, element: Column, elements: readonly unknown[]): void {
  const header = arrayHeaderBytes(elements.length);
  const base = out.claim(roundToWord(header + element.elementSize * elements.length));
  out.data.setInt32(base, elements.length, true);
  for (let i = 0; i < elements.length; i++) {
    const item = elements[i];
    if (item === null && element.takesNull !== true)
      out.bytes[base + COUNT_BYTES + (i >> 3)]! |= 1 << (i & 7);
    else element.write(out, base, base + header + element.elementSize * i, item);
  }
}

/** An array as a column. */
export function arrayColumn(element: Column): Column {
  return {
    elementSize: 8,
    chunk: chunkLength,
    read(input, base, end, slot) {
      const length = chunkLength(input, slot);
      const start = chunkStart(input, base, end, slot, length, KIND);
      return readArray(input, element, start, start + length);
    },
    write(out, base, slot, value) {
      if (!Array.isArray(value)) throw cannotEncode(KIND, 'an array', value);
      writeSection(out, base, slot, () => writeArray(out, element, value));
    },
  };
}
