import type { FileSystem } from '@statewright/bytes';

/** A line and the bytes it is sorted by. */
export interface Row {
  readonly key: Uint8Array;
  readonly line: Uint8Array;
}

/** Bytes written and read at a time. */
const CHUNK = 1 << 20;
const HEAD = 8;

/**
 * Writes rows to a new file:
 *
 *     u32 keyLength  u32 lineLength  key  line      for each row; big-endian
 *
 * A format of our own for temporary files.
 */
export async function writeRun(fs: FileSystem, path: string, rows: Iterable<Row>): Promise<SpilledRun> {
  const writer = await fs.createWrite(path);
  let size = 0;
  try {
    let pieces: Uint8Array[] = [];
    let pending = 0;
    const flush = async () => {
      await writer.write(Buffer.concat(pieces));
      size += pending;
      pieces = [];
      pending = 0;
    };
    for (const { key, line } of rows) {
      const head = Buffer.allocUnsafe(HEAD);
      head.writeUInt32BE(key.length, 0);
      head.writeUInt32BE(line.length, 4);
      pieces.push(head, key, line);
      pending += HEAD + key.length + line.length;
      if (pending >= CHUNK) await flush();
    }
    await flush();
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return new SpilledRun(fs, path, size);
}

/** A file of sorted rows. */
export class SpilledRun {
  constructor(
    private readonly fs: FileSystem,
    private readonly path: string,
    private readonly size: number,
  ) {}

  /** The rows in order, a chunk at a time. */
  async *rows(): AsyncGenerator<readonly Row[]> {
    let at = 0;
    while (at < this.size) {
      const chunk = await this.read(at, CHUNK);
      const { rows, used } = decodeRows(chunk);
      if (used > 0) {
        yield rows;
        at += used;
        continue;
      }
      // One row is longer than a chunk: its head tells how long.
      const length = HEAD + chunk.readUInt32BE(0) + chunk.readUInt32BE(4);
      yield decodeRows(await this.read(at, length)).rows;
      at += length;
    }
  }

  async delete(): Promise<void> {
    await this.fs.delete(this.path);
  }

  private async read(start: number, length: number): Promise<Buffer> {
    const bytes = await this.fs.readRange(this.path, start, Math.min(this.size, start + length));
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}

/** The whole rows at the start of a chunk. */
function decodeRows(chunk: Buffer): { readonly rows: Row[]; readonly used: number } {
  const rows: Row[] = [];
  let at = 0;
  while (at + HEAD <= chunk.length) {
    const keyEnd = at + HEAD + chunk.readUInt32BE(at);
    const lineEnd = keyEnd + chunk.readUInt32BE(at + 4);
    if (lineEnd > chunk.length) break;
    rows.push({ key: chunk.subarray(at + HEAD, keyEnd), line: chunk.subarray(keyEnd, lineEnd) });
    at = lineEnd;
  }
  return { rows, used: at };
}
