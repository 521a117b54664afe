import type { FileSystem, FileWriter } from '@statewright/bytes';
import { throwIfStopped } from './progress.js';
import type { TaskOutput } from './write-task.js';

/** Where and how tasks write, whatever the thread. */
export interface OutputOptions {
  readonly fs: FileSystem;
  /** The directory of the new snapshot; undefined: nothing is kept of what tasks write. */
  readonly directory: string | undefined;
  /** Directory of scratch files. */
  readonly scratch: string;
  /** The file system of scratch files. */
  readonly scratchFs: FileSystem;
  readonly samples: number;
  readonly sortBytes: number;
  readonly progress: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** An output of tasks that ends with STOPPED as soon as the caller wants it. */
export function taskOutput(options: OutputOptions): TaskOutput {
  const { fs, directory, scratch, scratchFs, signal } = options;
  const create = async (into: FileSystem, path: string): Promise<FileWriter> => {
    throwIfStopped(signal);
    return stoppable(await into.createWrite(path), signal);
  };
  return {
    create: (name) =>
      directory === undefined
        ? Promise.resolve(stoppable(NOWHERE, signal))
        : create(fs, `${directory}/${name}`),
    createScratch: (name) => create(scratchFs, `${scratch}/${name}`),
    scratch: { fs: scratchFs, directory: scratch },
    samples: options.samples,
    sortBytes: options.sortBytes,
    progress(bytes) {
      throwIfStopped(signal);
      options.progress(bytes);
    },
  };
}

function stoppable(writer: FileWriter, signal: AbortSignal | undefined): FileWriter {
  return {
    async write(bytes) {
      throwIfStopped(signal);
      await writer.write(bytes);
    },
    commit: () => writer.commit(),
    abort: () => writer.abort(),
  };
}

const NOWHERE: FileWriter = {
  write: async () => {},
  commit: async () => {},
  abort: async () => {},
};

/** Removes a directory of scratch files; what cannot be removed is harmless. */
export async function removeDirectory(fs: FileSystem, directory: string): Promise<void> {
  if ((await fs.stat(directory))?.kind !== 'directory') return;
  for (const name of await fs.list(directory)) {
    const path = `${directory}/${name}`;
    if ((await fs.stat(path))?.kind === 'directory') await removeDirectory(fs, path);
    else await fs.delete(path);
  }
  await fs.delete(directory);
}
