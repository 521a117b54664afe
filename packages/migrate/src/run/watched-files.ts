import { combineCrc32c, crc32c, type FileSystem, type FileWriter } from '@statewright/bytes';
import { pieceKey, type StatePiece } from './input-digest.js';
import type { SourceSum } from './write-task.js';

/** A piece of a file that is being read from its beginning to its end. */
interface Reading {
  readonly piece: StatePiece;
  /** How far it was read without a gap. */
  at: number;
  crc: number;
}

/**
 * A file system that checks sums of what is read from it anyway: a piece of a file that is read once from its first byte to its
 * last one, as a copy does, need not be read again for the digest of the input.
 */
export class WatchedFiles implements FileSystem {
  private readonly readings = new Map<string, Reading[]>();
  private finished: SourceSum[] = [];
  private readonly sums = new WeakMap<Uint8Array, number>();
  readonly realPath?: (path: string) => Promise<string>;

  constructor(private readonly fs: FileSystem) {
    if (fs.realPath !== undefined) this.realPath = (path) => fs.realPath!(path);
  }

  /** From now on, reads of these pieces count. */
  watch(pieces: readonly StatePiece[]): void {
    for (const piece of pieces) {
      const reading = { piece, at: piece.start, crc: 0 };
      const others = this.readings.get(piece.path);
      if (others === undefined) this.readings.set(piece.path, [reading]);
      else others.push(reading);
    }
  }

  /** The pieces that were read to their end since the last time. */
  take(): readonly SourceSum[] {
    const { finished } = this;
    this.finished = [];
    return finished;
  }

  /** CRC32C of bytes that `readRange` gave, where it was computed; they are not to be changed before. */
  sumOf(bytes: Uint8Array): number | undefined {
    return this.sums.get(bytes);
  }

  async readRange(path: string, start: number, end: number, memory?: Uint8Array): Promise<Uint8Array> {
    const bytes = await this.fs.readRange(path, start, end, memory);
    // The same memory may have held other bytes before.
    this.sums.delete(bytes);
    for (const reading of this.readings.get(path) ?? []) this.count(reading, start, bytes);
    return bytes;
  }

  private count(reading: Reading, start: number, bytes: Uint8Array): void {
    const { piece } = reading;
    const last = piece.start + piece.size;
    const isFirst = start === piece.start && reading.at !== last;
    if (!(isFirst || start === reading.at) || bytes.length === 0 || start + bytes.length > last) return;
    const sum = this.sums.get(bytes) ?? crc32c(bytes);
    this.sums.set(bytes, sum);
    reading.crc = isFirst ? sum : combineCrc32c(reading.crc, sum, bytes.length);
    reading.at = start + bytes.length;
    if (reading.at === last) this.finished.push({ piece: pieceKey(piece), crc32c: reading.crc });
  }

  stat(path: string) {
    return this.fs.stat(path);
  }

  list(path: string): Promise<readonly string[]> {
    return this.fs.list(path);
  }

  createWrite(path: string): Promise<FileWriter> {
    return this.fs.createWrite(path);
  }

  delete(path: string): Promise<void> {
    return this.fs.delete(path);
  }
}
