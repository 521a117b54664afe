/** Memory for a row, array or map being written: it grows, new bytes are zero, and slots are filled in afterwards. */
export class BinaryWriter {
  bytes: Uint8Array = new Uint8Array(256);
  data: DataView = new DataView(this.bytes.buffer);
  /** Bytes claimed so far. */
  length = 0;

  /** Takes `count` zero bytes and gives the index of the first. */
  claim(count: number): number {
    const at = this.length;
    const end = at + count;
    if (end > this.bytes.length) this.grow(end);
    else this.bytes.fill(0, at, end);
    this.length = end;
    return at;
  }

  /** Appends bytes. */
  append(bytes: Uint8Array): void {
    const at = this.claim(bytes.length);
    this.bytes.set(bytes, at);
  }

  /** What has been written, as a view that the next write may invalidate. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  private grow(needed: number): void {
    const next = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    next.set(this.bytes.subarray(0, this.length));
    this.bytes = next;
    this.data = new DataView(next.buffer);
  }
}
