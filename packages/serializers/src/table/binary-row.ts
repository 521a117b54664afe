import type { DataInputView } from '@statewright/bytes';
import { cannotEncode } from '../opaque.js';
import { type RowKind, RowValue } from '../values.js';
import {
  chunkLength,
  chunkStart,
  isNullBit,
  ROW_HEADER_BITS,
  rowHeaderBytes,
  SLOT,
} from './binary-layout.js';
import type { BinaryWriter } from './binary-writer.js';
import { type Column, writeSection } from './columns.js';

const KIND = 'BinaryRowData';
const ROW_KINDS = 4;

/** What the rows of one type share. */
export class RowLayout {
  readonly arity: number;
  readonly headerBytes: number;
  /** Bytes before the variable part. */
  readonly fixedBytes: number;

  constructor(
    readonly columns: readonly Column[],
    readonly names: readonly string[] | undefined,
  ) {
    this.arity = columns.length;
    this.headerBytes = rowHeaderBytes(this.arity);
    this.fixedBytes = this.headerBytes + SLOT * this.arity;
  }
}

/** The kind of the row at `base`. */
export function readRowKind(input: DataInputView, base: number): RowKind {
  const kind = input.bytes[base]!;
  if (kind < ROW_KINDS) return kind as RowKind;
  input.pos = base;
  throw input.error('BAD_VALUE', KIND, `row kind ${kind} where 0 to ${ROW_KINDS - 1} are known`);
}

/** The fields of the row that lies at `[base, end)` of the view's bytes. */
export function readRowFields(input: DataInputView, layout: RowLayout, base: number, end: number): unknown[] {
  checkFixedBytes(input, layout, base, end);
  const { columns, headerBytes } = layout;
  const fields: unknown[] = [];
  let used = 0;
  for (let i = 0; i < columns.length; i++) {
    if (isNullBit(input.bytes, base, ROW_HEADER_BITS + i)) {
      fields.push(null);
      continue;
    }
    const column = columns[i]!;
    const slot = base + headerBytes + SLOT * i;
    if (column.chunk !== undefined) {
      used += column.chunk(input, slot);
      if (used > end - base) throw overlapping(input, slot, end - base);
    }
    fields.push(column.read(input, base, end, slot));
  }
  return fields;
}

function checkFixedBytes(input: DataInputView, layout: RowLayout, base: number, end: number): void {
  if (end - base >= layout.fixedBytes) return;
  input.pos = base;
  const reason = `a row of ${end - base} bytes but ${layout.arity} fields take at least ${layout.fixedBytes}`;
  throw input.error('BAD_LENGTH', KIND, reason, end - base);
}

/** Chunks never overlap; if they could, a few bytes of slots could ask for any amount of memory. */
export function overlapping(input: DataInputView, slot: number, size: number): Error {
  input.pos = slot;
  return input.error(
    'BAD_LENGTH',
    KIND,
    `the variable parts together are longer than the ${size} bytes there are`,
    SLOT,
  );
}

/** Appends a row as `BinaryRowWriter` lays it out: fields in their order, a null leaves its slot zero. */
export function writeRow(out: BinaryWriter, layout: RowLayout, value: RowValue): void {
  const { columns, headerBytes, arity } = layout;
  if (value.fields.length !== arity) throw cannotEncode(KIND, `a row of ${arity} fields`, value);
  const base = out.claim(layout.fixedBytes);
  out.bytes[base] = value.kind;
  for (let i = 0; i < arity; i++) {
    const field = value.fields[i];
    const column = columns[i]!;
    if (field === null && column.takesNull !== true) {
      const bit = ROW_HEADER_BITS + i;
      out.bytes[base + (bit >> 3)]! |= 1 << (bit & 7);
    } else {
      column.write(out, base, base + headerBytes + SLOT * i, field);
    }
  }
}

/** A row as the column of another, or as an element of an array. */
export function rowColumn(layout: RowLayout): Column {
  return {
    elementSize: 8,
    chunk: chunkLength,
    read(input, base, end, slot) {
      const length = chunkLength(input, slot);
      const start = chunkStart(input, base, end, slot, length, KIND);
      const fields = readRowFields(input, layout, start, start + length);
      return new RowValue(readRowKind(input, start), fields, layout.names);
    },
    write(out, base, slot, value) {
      if (!(value instanceof RowValue)) throw cannotEncode(KIND, 'a row', value);
      writeSection(out, base, slot, () => writeRow(out, layout, value));
    },
  };
}
