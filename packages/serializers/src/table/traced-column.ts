import type { DataInputView } from '@statewright/bytes';
import type { Codec, CodecCompiler } from '../model.js';
import { SLOT } from './binary-layout.js';
import type { BinaryWriter } from './binary-writer.js';
import type { Column } from './columns.js';

/**
 * The column as parts that can be traced: its slot, and for a value that is elsewhere the chunk that the slot points to. The
 * same column when nobody traces.
 */
export function tracedColumn(compiler: CodecCompiler, column: Column, label: string, type: string): Column {
  const traced = new TracedColumn(compiler, column, label, type);
  return traced.isTraced ? traced : column;
}

class TracedColumn implements Column {
  readonly elementSize: Column['elementSize'];
  readonly takesNull: boolean;
  readonly isTraced: boolean;
  private readonly inSlot: Codec;
  private readonly pointer: Codec;
  private readonly inChunk: Codec;
  private base = 0;
  private end = 0;
  private slot = 0;

  constructor(
    compiler: CodecCompiler,
    private readonly column: Column,
    label: string,
    type: string,
  ) {
    this.elementSize = column.elementSize;
    this.takesNull = column.takesNull === true;
    const plain = partCodec((input) => this.readValue(input, this.slot + column.elementSize));
    this.inSlot = compiler.part(plain, label, type);
    this.isTraced = this.inSlot !== plain;
    const pointer = partCodec((input) => this.readPointer(input));
    this.pointer = compiler.part(pointer, label, 'slot');
    const chunk = partCodec((input) => this.readValue(input, input.pos + this.chunk(input, this.slot)));
    this.inChunk = compiler.part(chunk, label, type);
  }

  chunk(input: DataInputView, slot: number): number {
    return this.column.chunk === undefined ? 0 : this.column.chunk(input, slot);
  }

  read(input: DataInputView, base: number, end: number, slot: number): unknown {
    this.base = base;
    this.end = end;
    this.slot = slot;
    input.pos = slot;
    if (this.chunk(input, slot) === 0) return this.inSlot.read(input);
    this.pointer.read(input);
    input.pos = base + offsetOf(input, slot);
    return this.inChunk.read(input);
  }

  write(out: BinaryWriter, base: number, slot: number, value: unknown): void {
    this.column.write(out, base, slot, value);
  }

  private readValue(input: DataInputView, after: number): unknown {
    const value = this.column.read(input, this.base, this.end, this.slot);
    input.pos = after;
    return value;
  }

  private readPointer(input: DataInputView): string {
    input.pos = this.slot + SLOT;
    return `${this.chunk(input, this.slot)} bytes at ${offsetOf(input, this.slot)}`;
  }
}

function offsetOf(input: DataInputView, slot: number): number {
  return input.data.getUint32(slot + 4, true);
}

/** A codec that is only ever read. */
function partCodec(read: (input: DataInputView) => unknown): Codec {
  return { length: -1, delimited: true, read, write() {}, skip() {} };
}
