import { type FileSystem, LocalFileSystem } from '@statewright/bytes';
import { inlineRunner } from './inline-runner.js';
import type { MigrateOptions } from './options.js';
import { taskOutput } from './outputs.js';
import type { MigrationRequest, OpenMigration } from './request.js';
import type { TaskRunner } from './run-tasks.js';
import { workerRunner } from './worker-runner.js';
import type { WriteTask } from './write-task.js';

/** Less than so many bytes to be rewritten are not worth the start of a thread. */
const WORTH_THREADS = 8 << 20;
const DEFAULT_WORKERS = 2;
const DEFAULT_SAMPLES = 2;
const DEFAULT_SORT_BYTES = 64 << 20;

/** Where tasks of a run write. */
export interface RunPlaces {
  readonly fs: FileSystem;
  /** Undefined: nothing is kept. */
  readonly directory: string | undefined;
  readonly scratch: string;
}

/** Entries that are shown before and after, of each state. */
export function samplesOf({ samples = DEFAULT_SAMPLES }: Pick<MigrateOptions, 'samples'>): number {
  return samples;
}

/** The runner for some tasks: threads where much is rewritten, else this thread, which is enough to keep a disk busy. */
export function runnerFor(
  request: MigrationRequest,
  migration: OpenMigration,
  tasks: readonly WriteTask[],
  places: RunPlaces,
  options: MigrateOptions,
): TaskRunner {
  const { progress, signal, workers = DEFAULT_WORKERS } = options;
  const samples = samplesOf(options);
  const sortBytes = options.sortBytes ?? DEFAULT_SORT_BYTES;
  const told = (bytes: number): void => {
    if (progress !== undefined) progress.bytesDone += bytes;
  };
  const heavy = tasks.reduce((sum, { kind, bytes }) => sum + (kind === 'copy' ? 0 : bytes), 0);
  if (heavy >= WORTH_THREADS && workers > 1 && mayUseThreads(places.fs, options)) {
    const { directory, scratch } = places;
    const count = Math.min(workers, tasks.length);
    return workerRunner(count, { request, directory, scratch, samples, sortBytes }, told);
  }
  const output = taskOutput({ ...places, scratchFs: places.fs, samples, sortBytes, progress: told, signal });
  return inlineRunner(migration, output);
}

/** Other threads have only the machine's own files and the built-in formats. */
function mayUseThreads(fs: FileSystem, { snapshots = [] }: MigrateOptions): boolean {
  return snapshots.length === 0 && fs instanceof LocalFileSystem;
}
