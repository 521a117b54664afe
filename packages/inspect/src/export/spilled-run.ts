import type { FileSystem } from '@statewright/bytes';
import type { Row } from './sorted-rows.js';

/** Bytes written and read at a time. */
const CHUNK = 1 << 20;
const HEAD = 8;

/**
 * Writes rows to a new file:
 *
 *     u32 keyLength  u32 lineLength  key (a byte a character)  line (UTF-8)      for each row; big-endian
 *
 * A format of our own for temporary files.
 */
export async function writeRun(fs: FileSystem, path: string, rows: readonly Row[]): Promise<SpilledRun> {
  const writer = await fs.createWrite(path);
  let size = 0;
  try {
    let pieces: Buffer[] = [];
    let pending = 0;
    for (const row of rows) {
      const bytes = encodeRow(row);
      pieces.push(bytes);
      pending += bytes.length;
      if (pending < CHUNK) continue;
      await writer.write(Buffer.concat(pieces));
      size += pending;
      pieces = [];
      pending = 0;
    }
    await writer.write(Buffer.concat(pieces));
    size += pending;
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return new SpilledRun(fs, path, size);
}

function encodeRow({ sortKey, line }: Row): Buffer {
  const lineLength = Buffer.byteLength(line);
  const bytes = Buffer.allocUnsafe(HEAD + sortKey.length + lineLength);
  bytes.writeUInt32BE(sortKey.length, 0);
  bytes.writeUInt32BE(lineLength, 4);
  bytes.write(sortKey, HEAD, 'latin1');
  bytes.write(line, HEAD + sortKey.length, 'utf8');
  return bytes;
}

/** A file of sorted rows. */
export class SpilledRun {
  constructor(
    private readonly fs: FileSystem,
    private readonly path: string,
    private readonly size: number,
  ) {}

  /** The rows in order, a chunk at a time. */
  async *rows(): AsyncIterable<readonly Row[]> {
    let at = 0;
    while (at < this.size) {
      const chunk = await this.read(at, CHUNK);
      const { rows, used } = decodeRows(chunk);
      if (used === 0) {
        // One row is longer than a chunk: its head tells how long.
        const length = HEAD + chunk.readUInt32BE(0) + chunk.readUInt32BE(4);
        const whole = decodeRows(await this.read(at, length));
        yield whole.rows;
        at += length;
      } else {
        yield rows;
        at += used;
      }
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
    rows.push({
      sortKey: chunk.toString('latin1', at + HEAD, keyEnd),
      line: chunk.toString('utf8', keyEnd, lineEnd),
    });
    at = lineEnd;
  }
  return { rows, used: at };
}
