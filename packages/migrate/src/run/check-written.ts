import { type FileSystem, StatewrightError } from '@statewright/bytes';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import { operatorLabel, stateLabel } from '../job/select.js';
import { crcOfRange } from './input-digest.js';
import { METADATA } from './journal.js';
import type { ResolvedPlan } from './resolve-plan.js';
import type { WrittenFile } from './write-task.js';

/** Files read at the same time. */
const CONCURRENT = 4;

/**
 * Reads files of an output again before it gets its metadata file: they hold the bytes that were written, and with the
 * metadata it opens as the states that the plan makes. INTERNAL or BAD_CHECKSUM when not.
 */
export async function checkWritten(
  resolved: ResolvedPlan,
  fs: FileSystem,
  directory: string,
  metadata: Uint8Array,
  files: readonly WrittenFile[],
  options: { readonly signal?: AbortSignal | undefined; readonly progress?: (bytes: number) => void } = {},
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < files.length) {
      const { name, bytes, crc32c } = files[next++]!;
      const path = `${directory}/${name}`;
      const found = await crcOfRange(fs, { path, start: 0, size: bytes }, options);
      if (found === crc32c) continue;
      const span = { file: path, start: 0, end: bytes };
      const reason = `its bytes have the checksum ${found} but ${crc32c} was written`;
      throw new StatewrightError('BAD_CHECKSUM', { span, kind: 'new state file', reason });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, work));
  const { job } = resolved;
  const written = await openSavepoint(directory, {
    fs: withMetadata(fs, directory, metadata, job.location),
    snapshots: job.savepoint.formats,
    allowOutside: true,
  });
  compareStates(resolved, written);
}

/** The file system as it will be: with the metadata file, and with what is named by where the output will be moved to. */
function withMetadata(
  fs: FileSystem,
  directory: string,
  metadata: Uint8Array,
  location: string | undefined,
): FileSystem {
  const own = `${directory}/${METADATA}`;
  const later = location?.replace(/\/+$/, '');
  const here = (path: string): string =>
    later !== undefined && path.startsWith(`${later}/`) ? directory + path.slice(later.length) : path;
  return {
    list: (path) => fs.list(here(path)),
    createWrite: (path) => fs.createWrite(path),
    delete: (path) => fs.delete(path),
    async stat(path) {
      if (path === own) return { size: metadata.length, kind: 'file', modifiedMillis: 0 };
      return fs.stat(here(path));
    },
    async readRange(path, start, end) {
      return path === own ? metadata.slice(start, end) : fs.readRange(here(path), start, end);
    },
  };
}

/** INTERNAL unless a snapshot has the operators and states that a plan makes, and its headers could be read. */
export function compareStates({ job }: ResolvedPlan, written: Savepoint): void {
  const wrong = (reason: string) => new StatewrightError('INTERNAL', { kind: 'new snapshot', reason });
  for (const operator of job.operators) {
    const found = written.operators.find(({ id }) => id === operator.id);
    if (found === undefined) throw wrong(`operator ${operatorLabel(operator)} is not in it`);
    for (const state of operator.states) {
      const same = found.states.some(({ name, kind }) => name === state.name && kind === state.kind);
      if (!same) throw wrong(`state ${stateLabel(operator, state)} is not in it`);
    }
    if (found.states.length !== operator.states.length) {
      const counts = `${found.states.length} states but ${operator.states.length} were planned`;
      throw wrong(`operator ${operatorLabel(operator)} has ${counts}`);
    }
  }
  if (written.operators.length !== job.operators.length) {
    throw wrong(`it has ${written.operators.length} operators but ${job.operators.length} were planned`);
  }
}
