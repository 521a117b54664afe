import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type JobSchema, readContract } from '@statewright/compat';
import { usage } from './options.js';
import { readTextFile } from './read-text-file.js';

/** Whether a path names a state contract, by its ending. */
export function isContract(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

/** Reads a state contract with the files that its types name. USAGE or BAD_DOCUMENT when one is missing or wrong. */
export async function readContractFile(argument: string, file: string): Promise<JobSchema> {
  const text = await readTextFile(argument, file);
  return readContract(file, text, (relative) => {
    try {
      return readFileSync(path.join(path.dirname(file), relative), 'utf8');
    } catch (cause) {
      const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
      throw usage(argument, `${file} names the file "${relative}", which cannot be read (${why})`);
    }
  });
}
