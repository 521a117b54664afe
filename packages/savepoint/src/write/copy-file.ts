import { type FileSystem, type FileWriter, readPieces } from '@statewright/bytes';
import type { Savepoint } from '../model.js';
import { HandleResolver } from '../resolve-handle.js';
import type { FileCopy } from './copy-plan.js';
import { applyEdit } from './stream-edit.js';

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

/** The rest as it is. */
async function copyRange(
  source: FileSystem,
  writer: FileWriter,
  { from }: FileCopy,
  start: number,
  progress: CopyProgress,
): Promise<void> {
  for await (const piece of readPieces(source, from.path, from.start + start, from.start + from.size)) {
    await writer.write(piece);
    progress.bytesDone += piece.length;
  }
}
