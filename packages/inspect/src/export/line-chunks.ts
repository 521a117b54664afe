/** Whole lines as UTF-8, each with its `\n`. */
export interface LineChunk {
  readonly bytes: Uint8Array;
  readonly lines: number;
}

/** Bytes of a chunk, about. */
const CHUNK = 1 << 18;

/** Gathers lines into chunks that belong to whoever takes them. */
export class ChunkWriter {
  private bytes = Buffer.allocUnsafe(CHUNK);
  private used = 0;
  private lines = 0;

  /** Adds a line; gives a chunk when it is full. */
  add(line: Uint8Array): LineChunk | undefined {
    const full =
      this.used + line.length > this.bytes.length ? this.take(Math.max(CHUNK, line.length)) : undefined;
    this.bytes.set(line, this.used);
    this.used += line.length;
    this.lines++;
    return full;
  }

  /** What was gathered; undefined when there is nothing. */
  rest(): LineChunk | undefined {
    return this.take(0);
  }

  private take(nextSize: number): LineChunk | undefined {
    const { lines, used } = this;
    const bytes = this.bytes.subarray(0, used);
    this.bytes = Buffer.allocUnsafe(nextSize);
    this.used = 0;
    this.lines = 0;
    return lines === 0 ? undefined : { bytes, lines };
  }
}

/** The first `count` lines of a chunk. */
export function firstLines({ bytes, lines }: LineChunk, count: number): LineChunk {
  if (count >= lines) return { bytes, lines };
  let end = 0;
  for (let i = 0; i < count; i++) end = bytes.indexOf(0x0a, end) + 1;
  return { bytes: bytes.subarray(0, end), lines: count };
}

/** The lines of a chunk as text, without their ends. */
export function textLines({ bytes }: LineChunk): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  return text.slice(0, -1).split('\n');
}
