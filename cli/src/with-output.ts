import type { FileSystem } from '@statewright/bytes';
import type { Context } from './context.js';
import { FileOutput } from './io/file-output.js';
import type { Output } from './io/output.js';

/** Runs `work` with stdout, or with a new file that is there only if all went well. */
export async function withOutput<T>(
  context: Context,
  fs: FileSystem,
  path: string | undefined,
  work: (output: Output) => Promise<T>,
): Promise<T> {
  if (path === undefined) return work(context.stdout);
  const file = await FileOutput.create(fs, path);
  try {
    const result = await work(file);
    await file.commit();
    return result;
  } catch (error) {
    await file.abort();
    throw error;
  }
}
