import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSystem } from '@statewright/bytes';
import type { Scratch } from '@statewright/inspect';

/** Bytes of rows that the sort of each state keeps in memory. */
const BUDGET = 64 << 20;

/** Runs `work` with room for temporary files, which are gone afterwards; the directory is made when it is needed. */
export async function withScratch<T>(fs: FileSystem, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const directory = join(tmpdir(), `statewright-${randomBytes(8).toString('hex')}`);
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    return await work({ fs, directory, budget: BUDGET });
  } finally {
    await remove();
  }
}
