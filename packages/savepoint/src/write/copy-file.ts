import type { FileSystem, FileWriter } from '@statewright/bytes';
import type { Savepoint } from '../model.js';
import { HandleResolver } from '../resolve-handle.js';
import type { FileCopy } from './copy-plan.js';
import { applyEdit } from './stream-edit.js';

/**
 * Pieces much larger get new memory from the system each time, and its first use costs more than the copy. Pieces of a whole
 * megabyte make Linux (measured on 6.18) look for as large pages to keep them in, which costs three times the copy, too.
 */
const CHUNK = 1020 * 1024;

/** How far a copy has come; whoever shows it looks at it from time to time. */
export interface CopyProgress {
  bytesDone: number;
  bytesTotal: number;
}

/** Copies one file, its head edited, and gives it its name once all of it is on the disk. */
export async function copyFile(
  source: FileSystem,
  target: FileSystem,
  copy: FileCopy,
  path: string,
  progress: CopyProgress,
): Promise<void> {
  const writer = await target.createWrite(path);
  try {
    await copyInto(source, writer, copy, progress);
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

async function copyInto(
  source: FileSystem,
  writer: FileWriter,
  copy: FileCopy,
  progress: CopyProgress,
): Promise<void> {
  const start = await writeHead(source, writer, copy, progress);
  await copyRange(source, writer, copy, start, progress);
}

/** Writes a copy into a file that was begun; whether its source still lies in the snapshot is looked at once more. */
export async function writeCopy(
  { fs, location, resolveOptions }: Savepoint,
  copy: FileCopy,
  writer: FileWriter,
  progress: CopyProgress,
): Promise<void> {
  await new HandleResolver(fs, location, resolveOptions).resolve(copy.handle);
  await copyInto(fs, writer, copy, progress);
}

/** Writes the edited head; gives the position in the old stream behind it. */
async function writeHead(
  source: FileSystem,
  writer: FileWriter,
  { from, edit }: FileCopy,
  progress: CopyProgress,
): Promise<number> {
  const end = edit?.replacements.at(-1)?.end ?? 0;
  if (edit === undefined || end === 0) return 0;
  const head = await source.readRange(from.path, from.start, from.start + end);
  const edited = applyEdit(head, edit);
  await writer.write(edited);
  progress.bytesDone += edited.length;
  return end;
}

/** The rest as it is; the next piece is read while one is written. */
async function copyRange(
  source: FileSystem,
  writer: FileWriter,
  { from }: FileCopy,
  start: number,
  progress: CopyProgress,
): Promise<void> {
  const read = (at: number): Promise<Uint8Array> | undefined => {
    if (at >= from.size) return undefined;
    const next = source.readRange(from.path, from.start + at, from.start + Math.min(at + CHUNK, from.size));
    // Whoever waits for the piece gets the failure; until then nobody does.
    next.catch(() => {});
    return next;
  };
  let at = start;
  let reading = read(at);
  while (reading !== undefined) {
    const piece = await reading;
    at += piece.length;
    reading = read(at);
    await writer.write(piece);
    progress.bytesDone += piece.length;
  }
}
