import { StatewrightError } from './errors.js';
import { encodeModifiedUtf8 } from './modified-utf8.js';

/** Up to so many bytes a loop is faster than a copy by the runtime. */
const SHORT_RANGE = 48;

/** Writes what a Java `DataInput` reads: all numbers big-endian. Follows `org.apache.flink.core.memory.DataOutputView`. */
export class DataOutputView {
  private bytes: Uint8Array;
  private data: DataView;
  /** Number of bytes written so far. */
  length = 0;

  constructor(initialCapacity = 256) {
    this.bytes = new Uint8Array(initialCapacity);
    this.data = new DataView(this.bytes.buffer);
  }

  /** What has been written, as a copy. */
  toBytes(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  /** What has been written, as a view that the next write may invalidate. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** The memory that is written to, longer than what was written; another one once it has grown. */
  get memory(): Uint8Array {
    return this.bytes;
  }

  /** Forgets what has been written and keeps the memory. */
  clear(): void {
    this.length = 0;
  }

  private claim(count: number): number {
    const at = this.length;
    const end = at + count;
    if (end > this.bytes.length) this.grow(end);
    this.length = end;
    return at;
  }

  private grow(needed: number): void {
    const next = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    next.set(this.bytes.subarray(0, this.length));
    this.bytes = next;
    this.data = new DataView(next.buffer);
  }

  writeByte(value: number): void {
    const at = this.claim(1);
    this.bytes[at] = value;
  }

  writeBoolean(value: boolean): void {
    const at = this.claim(1);
    this.bytes[at] = value ? 1 : 0;
  }

  writeShort(value: number): void {
    const at = this.claim(2);
    this.data.setInt16(at, value);
  }

  writeInt(value: number): void {
    const at = this.claim(4);
    this.data.setInt32(at, value);
  }

  writeLong(value: bigint): void {
    const at = this.claim(8);
    this.data.setBigInt64(at, value);
  }

  writeFloat(value: number): void {
    const at = this.claim(4);
    this.data.setFloat32(at, value);
  }

  writeDouble(value: number): void {
    const at = this.claim(8);
    this.data.setFloat64(at, value);
  }

  writeBytes(value: Uint8Array): void {
    const at = this.claim(value.length);
    this.bytes.set(value, at);
  }

  /** Bytes `[start, end)` of `source`. Short ranges are copied one by one, which costs less than a view of them. */
  writeRange(source: Uint8Array, start: number, end: number): void {
    const at = this.claim(end - start);
    const { bytes } = this;
    if (end - start > SHORT_RANGE) bytes.set(source.subarray(start, end), at);
    else for (let i = start, j = at; i < end; i++, j++) bytes[j] = source[i]!;
  }

  /** All that another view holds. */
  writeAll(other: DataOutputView): void {
    this.writeRange(other.bytes, 0, other.length);
  }

  /** Puts bits into a byte that was written (`set`) or takes them out. */
  markByte(at: number, bits: number, set: boolean): void {
    this.bytes[at] = set ? this.bytes[at]! | bits : this.bytes[at]! & ~bits;
  }

  /** Puts a number in the place of a byte that was written. */
  putByte(at: number, value: number): void {
    this.bytes[at] = value;
  }

  /** Puts a number in the place of four bytes that were written. */
  putInt(at: number, value: number): void {
    this.data.setInt32(at, value);
  }

  /** Forgets the first `count` bytes; those behind them move to the front. */
  discard(count: number): void {
    this.bytes.copyWithin(0, count, this.length);
    this.length -= count;
  }

  /** An `i32` length and the bytes. */
  writeBytes32(value: Uint8Array): void {
    this.writeInt(value.length);
    this.writeBytes(value);
  }

  /** `DataOutput.writeUTF`: u16 byte length, then modified UTF-8; CANNOT_ENCODE beyond 65535 bytes. */
  writeUTF(value: string): void {
    const encoded = encodeModifiedUtf8(value);
    if (encoded.length > 0xffff) {
      throw new StatewrightError('CANNOT_ENCODE', {
        kind: 'UTF string',
        reason: `the string takes ${encoded.length} bytes but a UTF string holds at most 65535`,
      });
    }
    this.writeShort(encoded.length);
    this.writeBytes(encoded);
  }
}
