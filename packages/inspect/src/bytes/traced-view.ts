import { DataInputView } from '@statewright/bytes';
import type { FlatSpan } from './span-node.js';

/**
 * A view that remembers what was read from it: readers name each field for their errors, and those names say what the
 * bytes mean. Slow: for looking, not for scanning.
 */
export class TracedView extends DataInputView {
  readonly reads: FlatSpan[] = [];
  /** Reads that are part of a larger one are not kept. */
  private inside = 0;

  private traced<T>(label: string, read: () => T, show: (value: T) => unknown = String): T {
    const start = this.filePos;
    this.inside++;
    let value: T;
    try {
      value = read();
    } finally {
      this.inside--;
    }
    if (this.inside === 0) this.reads.push({ label, start, end: this.filePos, value: show(value) });
    return value;
  }

  /** A reader that makes sure of some bytes and then looks at them itself. */
  override need(length: number, kind: string): void {
    super.need(length, kind);
    if (this.inside > 0) return;
    const at = this.filePos;
    const value = length === 8 ? this.data.getBigInt64(this.pos).toString() : undefined;
    this.reads.push({ label: kind, start: at, end: at + length, value });
  }

  override readByte(kind = 'byte'): number {
    return this.traced(kind, () => super.readByte(kind), Number);
  }

  override readUnsignedByte(kind = 'byte'): number {
    return this.traced(kind, () => super.readUnsignedByte(kind), Number);
  }

  override readBoolean(kind = 'boolean'): boolean {
    return this.traced(kind, () => super.readBoolean(kind), Boolean);
  }

  override readShort(kind = 'short'): number {
    return this.traced(kind, () => super.readShort(kind), Number);
  }

  override readUnsignedShort(kind = 'unsigned short'): number {
    return this.traced(kind, () => super.readUnsignedShort(kind), Number);
  }

  override readInt(kind = 'int'): number {
    return this.traced(kind, () => super.readInt(kind), Number);
  }

  override readLong(kind = 'long'): bigint {
    return this.traced(kind, () => super.readLong(kind));
  }

  override readFloat(kind = 'float'): number {
    return this.traced(kind, () => super.readFloat(kind));
  }

  override readDouble(kind = 'double'): number {
    return this.traced(kind, () => super.readDouble(kind));
  }

  override readBytes(length: number, kind = 'bytes'): Uint8Array {
    return this.traced(kind, () => super.readBytes(length, kind), countOf);
  }

  override readBytes32(kind = 'bytes'): Uint8Array {
    return this.traced(kind, () => super.readBytes32(kind), countOf);
  }

  override skip(length: number, kind = 'bytes'): void {
    this.traced(
      kind,
      () => super.skip(length, kind),
      () => `${length} bytes`,
    );
  }

  override readCount(kind: string, minBytesEach = 1): number {
    return this.traced(kind, () => super.readCount(kind, minBytesEach), Number);
  }

  override readUTF(kind = 'UTF string'): string {
    return this.traced(kind, () => super.readUTF(kind));
  }
}

function countOf(bytes: Uint8Array): string {
  return `${bytes.length} bytes`;
}
