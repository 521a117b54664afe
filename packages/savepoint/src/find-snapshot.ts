import { type FileStat, type FileSystem, StatewrightError } from '@statewright/bytes';
import type { SavepointLocation } from './model.js';
import { absolutePath, baseName, joinPath, parentOf } from './paths.js';

/** `AbstractFsCheckpointStorageAccess.METADATA_FILE_NAME`. */
const METADATA_FILE_NAME = '_metadata';
/** `AbstractFsCheckpointStorageAccess.CHECKPOINT_DIR_PREFIX` and the checkpoint's number. */
const CHECKPOINT_DIR = /^chk-(\d+)$/;
const JOB_ID = /^[0-9a-f]{32}$/;

/**
 * Finds the metadata file behind a path: a snapshot's directory, a metadata file of any name, or a directory of a job's
 * checkpoints (`chk-N`, or `<job id>/chk-N`), of which the newest complete one is taken.
 */
export async function findSnapshot(fs: FileSystem, source: string): Promise<SavepointLocation> {
  const path = absolutePath(source);
  const stat = await fs.stat(path);
  if (stat === undefined) {
    throw notFound('FILE_NOT_FOUND', path, 'there is no such file or directory');
  }
  if (stat.kind === 'file') return { directory: parentOf(path), metadataPath: path, chosenFrom: undefined };
  if (isFile(await fs.stat(joinPath(path, METADATA_FILE_NAME)))) return inDirectory(path);
  const candidates = await completeCheckpoints(fs, path);
  const newest = candidates.sort(byAge).at(-1);
  if (newest === undefined) {
    const reason = 'the directory holds neither a _metadata file nor a chk-N directory with one';
    throw notFound('NOT_A_SNAPSHOT', path, reason);
  }
  const chosenFrom = candidates.map((each) => each.directory);
  return { ...inDirectory(newest.directory), chosenFrom };
}

function notFound(code: 'FILE_NOT_FOUND' | 'NOT_A_SNAPSHOT', path: string, reason: string): StatewrightError {
  const span = { file: path, start: 0, end: 0 };
  const next = 'give the directory of a savepoint or checkpoint, or its _metadata file';
  return new StatewrightError(code, { span, kind: 'snapshot', reason, next });
}

function inDirectory(directory: string): SavepointLocation {
  return { directory, metadataPath: joinPath(directory, METADATA_FILE_NAME), chosenFrom: undefined };
}

function isFile(stat: FileStat | undefined): boolean {
  return stat?.kind === 'file';
}

interface Candidate {
  readonly directory: string;
  readonly number: number;
  readonly modifiedMillis: number;
}

/** Numbers count within one job; between jobs the time at which the metadata file was completed does. */
function byAge(a: Candidate, b: Candidate): number {
  const sameJob = parentOf(a.directory) === parentOf(b.directory);
  return sameJob ? a.number - b.number : a.modifiedMillis - b.modifiedMillis || a.number - b.number;
}

async function completeCheckpoints(fs: FileSystem, directory: string): Promise<Candidate[]> {
  const names = await fs.list(directory);
  const found = await checkpointsOf(fs, directory, names);
  for (const name of names.filter((each) => JOB_ID.test(each))) {
    const job = joinPath(directory, name);
    if ((await fs.stat(job))?.kind !== 'directory') continue;
    const newest = (await checkpointsOf(fs, job, await fs.list(job))).sort(byAge).at(-1);
    if (newest !== undefined) found.push(newest);
  }
  return found;
}

async function checkpointsOf(
  fs: FileSystem,
  directory: string,
  names: readonly string[],
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const name of names) {
    const number = CHECKPOINT_DIR.exec(name)?.[1];
    if (number === undefined) continue;
    const checkpoint = joinPath(directory, name);
    const stat = await fs.stat(joinPath(checkpoint, METADATA_FILE_NAME));
    if (stat?.kind !== 'file') continue;
    found.push({ directory: checkpoint, number: Number(number), modifiedMillis: stat.modifiedMillis });
  }
  return found;
}

/**
 * Beside `chk-N`: files that checkpoints of a job share, files that task managers own, and changelogs
 * (`FsStateChangelogStorage.PATH_SUB_DIR`).
 */
export const JOB_DIRECTORIES = ['shared', 'taskowned', 'dstl'] as const;

/** The directories that belong to a snapshot: its own, and for `chk-N` those its job's checkpoints share. */
export function snapshotDirectories(directory: string): string[] {
  if (!CHECKPOINT_DIR.test(baseName(directory))) return [directory];
  const parent = parentOf(directory);
  return [directory, ...JOB_DIRECTORIES.map((name) => joinPath(parent, name))];
}
