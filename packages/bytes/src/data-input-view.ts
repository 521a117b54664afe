import { type ErrorCode, StatewrightError } from './errors.js';
import { decodeModifiedUtf8 } from './modified-utf8.js';
import type { Span } from './span.js';

/** How deep snapshots, types and recursive values may nest before a reader gives up with TOO_DEEP. */
export const MAX_DEPTH = 512;

/**
 * Reads what a Java `DataOutput` wrote: all numbers big-endian. Follows `org.apache.flink.core.memory.DataInputView`.
 *
 * A view is a window `[pos, limit)` over `bytes`. It never reads at or beyond `limit`: it throws TRUNCATED instead.
 * `fileOffset` is the file position of `bytes[0]`, so that every error and span names its place in `file`.
 */
export class DataInputView {
  readonly bytes: Uint8Array;
  readonly data: DataView;
  readonly file: string;
  /** File position of `bytes[0]`. */
  readonly fileOffset: number;
  /** Index in `bytes` of the next byte to read. */
  pos: number;
  /** Index in `bytes` one past the last byte that may be read. */
  limit: number;
  /** Current nesting depth, see `enter`. */
  depth = 0;
  /**
   * Index one past the last value of unknown length, which took everything up to the limit; -1 when there was none.
   * After reading a value, `openEnd === pos` says that it ended where the limit was and not where its bytes said so.
   */
  openEnd = -1;

  constructor(bytes: Uint8Array, file = '<memory>', fileOffset = 0) {
    this.bytes = bytes;
    this.data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.file = file;
    this.fileOffset = fileOffset;
    this.pos = 0;
    this.limit = bytes.length;
  }

  get remaining(): number {
    return this.limit - this.pos;
  }

  /** The position of the next byte in the file. */
  get filePos(): number {
    return this.fileOffset + this.pos;
  }

  /** The span from a file position (an earlier `filePos`) to here. */
  spanFrom(startFilePos: number): Span {
    return { file: this.file, start: startFilePos, end: this.filePos };
  }

  /** An error at the bytes `[pos, pos + length)`, cut at the limit. */
  error(code: ErrorCode, kind: string, reason: string, length = 1, next?: string): StatewrightError {
    const start = this.filePos;
    const end = this.fileOffset + Math.max(this.pos, Math.min(this.pos + length, this.limit));
    return new StatewrightError(code, { span: { file: this.file, start, end }, kind, reason, next });
  }

  /** Throws TRUNCATED unless `length` more bytes are there. */
  need(length: number, kind: string): void {
    if (length > this.limit - this.pos) throw this.truncated(length, kind);
  }

  private truncated(length: number, kind: string): StatewrightError {
    const have = this.limit - this.pos;
    return this.error('TRUNCATED', kind, `${length} bytes are needed but only ${have} are left`, length);
  }

  readByte(kind = 'byte'): number {
    const p = this.pos;
    if (p >= this.limit) throw this.truncated(1, kind);
    this.pos = p + 1;
    return this.data.getInt8(p);
  }

  readUnsignedByte(kind = 'byte'): number {
    const p = this.pos;
    if (p >= this.limit) throw this.truncated(1, kind);
    this.pos = p + 1;
    return this.bytes[p]!;
  }

  /** As Java: 0 is false, anything else is true. */
  readBoolean(kind = 'boolean'): boolean {
    const p = this.pos;
    if (p >= this.limit) throw this.truncated(1, kind);
    this.pos = p + 1;
    return this.bytes[p] !== 0;
  }

  readShort(kind = 'short'): number {
    const p = this.pos;
    if (p + 2 > this.limit) throw this.truncated(2, kind);
    this.pos = p + 2;
    return this.data.getInt16(p);
  }

  readUnsignedShort(kind = 'unsigned short'): number {
    const p = this.pos;
    if (p + 2 > this.limit) throw this.truncated(2, kind);
    this.pos = p + 2;
    return this.data.getUint16(p);
  }

  readInt(kind = 'int'): number {
    const p = this.pos;
    if (p + 4 > this.limit) throw this.truncated(4, kind);
    this.pos = p + 4;
    return this.data.getInt32(p);
  }

  readLong(kind = 'long'): bigint {
    const p = this.pos;
    if (p + 8 > this.limit) throw this.truncated(8, kind);
    this.pos = p + 8;
    return this.data.getBigInt64(p);
  }

  readFloat(kind = 'float'): number {
    const p = this.pos;
    if (p + 4 > this.limit) throw this.truncated(4, kind);
    this.pos = p + 4;
    return this.data.getFloat32(p);
  }

  readDouble(kind = 'double'): number {
    const p = this.pos;
    if (p + 8 > this.limit) throw this.truncated(8, kind);
    this.pos = p + 8;
    return this.data.getFloat64(p);
  }

  /** The next `length` bytes as a view on the same memory, not a copy. */
  readBytes(length: number, kind = 'bytes'): Uint8Array {
    const p = this.pos;
    if (length < 0) throw this.error('BAD_LENGTH', kind, `length ${length} is negative`, 0);
    if (length > this.limit - p) throw this.truncated(length, kind);
    this.pos = p + length;
    return this.bytes.subarray(p, p + length);
  }

  skip(length: number, kind = 'bytes'): void {
    if (length < 0) throw this.error('BAD_LENGTH', kind, `length ${length} is negative`, 0);
    if (length > this.limit - this.pos) throw this.truncated(length, kind);
    this.pos += length;
  }

  /**
   * An `i32` that counts things of at least `minBytesEach` bytes: refused with BAD_LENGTH when negative or when
   * that many things could not fit into what is left, so that it is safe to allocate from.
   */
  readCount(kind: string, minBytesEach = 1): number {
    const at = this.pos;
    const count = this.readInt(kind);
    if (count < 0 || count * minBytesEach > this.limit - this.pos) {
      const left = this.limit - this.pos;
      this.pos = at;
      const reason =
        count < 0 ? `count ${count} is negative` : `count ${count} cannot fit into the ${left} bytes left`;
      throw this.error('BAD_LENGTH', kind, reason, 4);
    }
    return count;
  }

  /** An `i32` length and that many bytes, as a view on the same memory. */
  readBytes32(kind = 'bytes'): Uint8Array {
    return this.readBytes(this.readCount(kind), kind);
  }

  /** `DataInput.readUTF`: u16 byte length, then modified UTF-8. */
  readUTF(kind = 'UTF string'): string {
    const at = this.pos;
    const length = this.readUnsignedShort(kind);
    if (length > this.limit - this.pos) {
      const left = this.limit - this.pos;
      this.pos = at;
      throw this.error(
        'TRUNCATED',
        kind,
        `a string of ${length} bytes does not fit into the ${left} bytes left`,
        2 + length,
      );
    }
    const start = this.pos;
    const text = decodeModifiedUtf8(this.bytes, start, start + length);
    if (text === undefined) {
      throw this.error('BAD_VALUE', kind, `the ${length} bytes of the string are not modified UTF-8`, length);
    }
    this.pos = start + length;
    return text;
  }

  /** Counts one level of nesting; throws TOO_DEEP beyond MAX_DEPTH. Pair it with `leave`. */
  enter(kind: string): void {
    if (this.depth >= MAX_DEPTH) {
      throw this.error('TOO_DEEP', kind, `nesting goes deeper than ${MAX_DEPTH} levels`);
    }
    this.depth++;
  }

  leave(): void {
    this.depth--;
  }

  /** Throws TRAILING_BYTES unless the limit is reached. */
  expectEnd(kind: string): void {
    if (this.pos !== this.limit) {
      const left = this.limit - this.pos;
      throw this.error('TRAILING_BYTES', kind, `${left} bytes are left over after the end`, left);
    }
  }
}
