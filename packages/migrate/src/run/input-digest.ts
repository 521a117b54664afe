import { createHash } from 'node:crypto';
import { crc32c, type FileSystem, readPieces } from '@statewright/bytes';
import type { Savepoint, StreamRef } from '@statewright/savepoint';
import { throwIfStopped } from './progress.js';
import type { SourceSum } from './write-task.js';

/** Files read at the same time. */
const CONCURRENT = 4;

/** How a digest is made. */
export interface DigestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((bytes: number) => void) | undefined;
  /** Sums that are known already. */
  readonly known?: Iterable<SourceSum> | undefined;
}

/** A piece of a file that a snapshot's handles lead to. */
export interface StatePiece {
  readonly path: string;
  readonly start: number;
  readonly size: number;
}

/**
 * SHA-256, in hex, of a snapshot: of its metadata file's bytes, and of path, place, size and CRC32C of each piece of a state
 * file, in the order of their paths. Paths inside of the snapshot's directory count from there, so that a snapshot that was
 * moved has the same digest. Files that must not be opened count with their path and size.
 */
export async function inputDigest(savepoint: Savepoint, options: DigestOptions = {}): Promise<string> {
  const { fs, location, metadataBytes } = savepoint;
  const hash = createHash('sha256');
  hash.update(await fs.readRange(location.metadataPath, 0, metadataBytes));
  const pieces = statePieces(savepoint);
  const sums = new Map([...(options.known ?? [])].map((sum) => [sum.piece, sum.crc32c]));
  const unknown = pieces.filter((piece) => !sums.has(pieceKey(piece)));
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < unknown.length) {
      const piece = unknown[next++]!;
      sums.set(pieceKey(piece), await crcOfRange(fs, piece, options));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, work));
  for (const piece of pieces) {
    const { path, start, size } = piece;
    const name = path.startsWith(`${location.directory}/`) ? path.slice(location.directory.length + 1) : path;
    hash.update(`\n${JSON.stringify([name, start, size, sums.get(pieceKey(piece))])}`);
  }
  return hash.digest('hex');
}

/** What a piece is known by. */
export function pieceKey({ path, start, size }: StatePiece): string {
  return JSON.stringify([path, start, size]);
}

/**
 * SHA-256, in hex, of what can be told of a snapshot without reading its state: its metadata file's bytes, and path, place, size
 * and time of each piece of a state file. It tells a run that goes on that the input is the one it began with.
 */
export async function inputIdentity(savepoint: Savepoint): Promise<string> {
  const { fs, location, metadataBytes } = savepoint;
  const hash = createHash('sha256');
  hash.update(await fs.readRange(location.metadataPath, 0, metadataBytes));
  for (const piece of statePieces(savepoint)) {
    const stat = await fs.stat(piece.path);
    hash.update(`\n${pieceKey(piece)} ${stat?.size} ${stat?.modifiedMillis}`);
  }
  return hash.digest('hex');
}

/** Bytes that making the digest reads. */
export function digestBytes(savepoint: Savepoint, known: readonly SourceSum[] = []): number {
  const sums = new Set(known.map(({ piece }) => piece));
  return statePieces(savepoint).reduce((sum, piece) => sum + (sums.has(pieceKey(piece)) ? 0 : piece.size), 0);
}

/** The pieces of files that managed and raw state lies in, each once, by path. */
export function statePieces({ operators }: Savepoint): StatePiece[] {
  const found = new Map<string, StatePiece>();
  const add = (ref: StreamRef): void => {
    if (ref.kind !== 'file' || ref.outside === true) return;
    const { path, start, size } = ref;
    const piece = { path, start, size };
    found.set(pieceKey(piece), piece);
  };
  for (const { streams } of operators) {
    for (const { ref, files } of streams) {
      add(ref);
      for (const file of files) add(file.ref);
    }
  }
  return [...found.values()].sort(
    (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.start - b.start || a.size - b.size,
  );
}

/** CRC32C of a piece of a file. */
export async function crcOfRange(
  fs: FileSystem,
  { path, start, size }: StatePiece,
  { signal, progress }: DigestOptions = {},
): Promise<number> {
  let crc = 0;
  for await (const bytes of readPieces(fs, path, start, start + size)) {
    throwIfStopped(signal);
    crc = crc32c(bytes, crc);
    progress?.(bytes.length);
  }
  return crc;
}

/** SHA-256, in hex, of a whole file; memory does not grow with it. */
export async function fileDigest(fs: FileSystem, path: string): Promise<string> {
  const hash = createHash('sha256');
  const size = (await fs.stat(path))?.size ?? 0;
  for await (const bytes of readPieces(fs, path, 0, size)) hash.update(bytes);
  return hash.digest('hex');
}
