import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LocalFileSystem } from '@statewright/bytes';
import { type JobSchema, jobSchemaOf, readContract, withAvsc } from '@statewright/compat';
import type { OptionValues } from './command.js';
import type { Context } from './context.js';
import { type OpenSnapshot, openSnapshot } from './open.js';
import { textOption, usage } from './options.js';
import { readTextFile } from './read-text-file.js';

/** The job that `--against` names, whatever tells it; undefined without the option. */
export async function newSide(
  context: Context,
  old: Pick<OpenSnapshot, 'savepoint' | 'path'>,
  options: OptionValues,
): Promise<JobSchema | undefined> {
  const file = textOption(options, 'against');
  const state = textOption(options, 'state');
  if (state !== undefined && file?.endsWith('.avsc') !== true) {
    throw usage('--state', 'it names the state that an Avro schema is for, and --against names none');
  }
  if (file === undefined) return undefined;
  const stat = await new LocalFileSystem().stat(file);
  if (stat === undefined) throw usage('--against', `there is no file or directory "${file}"`);
  if (file.endsWith('.avsc')) {
    const text = await readTextFile('--against', file);
    return withAvsc(jobSchemaOf(old.savepoint, old.path), { file, text, state });
  }
  if (/\.ya?ml$/.test(file)) {
    const beside = (name: string) => readBeside(file, name);
    return readContract(file, await readTextFile('--against', file), beside);
  }
  return jobSchemaOf((await openSnapshot(context, file, options)).savepoint, file);
}

/** The text of a file that a contract names, relative to the contract. */
function readBeside(contract: string, name: string): string {
  const file = path.join(path.dirname(contract), name);
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw usage('state contract', `"${contract}" names the file "${file}", which cannot be read (${code})`);
  }
}
