import { compareKeys, type RowKeys, sortedRowNumbers } from './sort-keys-of-rows.js';

/** Bytes of an empty arena; it doubles as it needs. */
const FIRST = 1 << 16;
/** Bytes that the place of a row takes. */
const PLACE_BYTES = 8;

/**
 * Rows in one piece of memory, each a key and a line behind it: nothing of them is an object, so that a collector has
 * nothing to do. What is read from it belongs to the arena until it is cleared.
 */
export class RowArena {
  private bytes: Buffer = Buffer.allocUnsafe(FIRST);
  /** The same, without what a Buffer costs when a part of it is taken. */
  private view: Uint8Array = plainView(this.bytes);
  private used = 0;
  /** Start of the key and of the line of each row, by turns. */
  private places = new Uint32Array(256);
  rows = 0;
  /** Whether rows came in the order of their keys. */
  sorted = true;

  /** Bytes in use. */
  get size(): number {
    return this.used + this.rows * PLACE_BYTES;
  }

  /** Adds a row; a `\n` is put behind the line. */
  add(key: Uint8Array, line: string): void {
    const { rows } = this;
    // No UTF-16 unit takes more than three bytes.
    this.reserve(key.length + line.length * 3 + 1);
    const keyStart = this.used;
    this.bytes.set(key, keyStart);
    const lineStart = keyStart + key.length;
    const lineEnd = lineStart + this.bytes.write(line, lineStart, 'utf8');
    this.bytes[lineEnd] = 0x0a;
    this.used = lineEnd + 1;
    this.places[rows * 2] = keyStart;
    this.places[rows * 2 + 1] = lineStart;
    this.rows = rows + 1;
    if (rows > 0 && this.sorted) this.sorted = compareKeys(this.keys, rows - 1, rows, 0) <= 0;
  }

  private reserve(more: number): void {
    if (this.used + more > this.bytes.length) {
      const next = Buffer.allocUnsafe(Math.max(this.used + more, this.bytes.length * 2));
      this.bytes.copy(next, 0, 0, this.used);
      this.bytes = next;
      this.view = plainView(next);
    }
    if (this.rows * 2 + 2 > this.places.length) {
      const next = new Uint32Array(this.places.length * 2);
      next.set(this.places);
      this.places = next;
    }
  }

  /** The rows by key; of equal keys the earlier one first. */
  order(): Iterable<number> {
    if (!this.sorted) return sortedRowNumbers(this.keys, this.rows);
    const order = new Uint32Array(this.rows);
    for (let i = 0; i < order.length; i++) order[i] = i;
    return order;
  }

  private get keys(): RowKeys {
    return { bytes: this.view, places: this.places };
  }

  keyOf(row: number): Uint8Array {
    return this.view.subarray(this.places[row * 2], this.places[row * 2 + 1]);
  }

  /** The line with its `\n`. */
  lineOf(row: number): Uint8Array {
    return this.view.subarray(this.places[row * 2 + 1], this.endOf(row));
  }

  private endOf(row: number): number {
    return row + 1 < this.rows ? this.places[row * 2 + 2]! : this.used;
  }

  /** Forgets the rows and keeps the memory. */
  clear(): void {
    this.used = 0;
    this.rows = 0;
    this.sorted = true;
  }
}

function plainView({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}
