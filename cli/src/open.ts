import { LocalFileSystem } from '@statewright/bytes';
import { type Describe, describer } from '@statewright/inspect';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import type { SnapshotFormat } from '@statewright/serializers';
import type { OptionValues } from './command.js';
import type { Context } from './context.js';
import { textOption, usage } from './options.js';

/** A snapshot that a command works on, and what belongs to it. */
export interface OpenSnapshot {
  readonly savepoint: Savepoint;
  /** As it is called on the command line. */
  readonly path: string;
  readonly fs: LocalFileSystem;
  readonly describe: Describe;
}

/** Opens SNAPSHOT with the options that all commands share; says on stderr which checkpoint of several was taken. */
export async function openSnapshot(
  context: Context,
  path: string,
  options: OptionValues,
): Promise<OpenSnapshot> {
  const fs = new LocalFileSystem();
  if ((await fs.stat(path)) === undefined) {
    throw usage('SNAPSHOT', `there is no file or directory "${path}"`);
  }
  const savepoint = await openSavepoint(path, {
    fs,
    snapshots: await userFormats(textOption(options, 'snapshot')),
    uidCandidates: await uidCandidates(fs, textOption(options, 'uidCandidates')),
    allowOutside: options.allowOutside === true,
    relocate: true,
  });
  const { chosenFrom, directory } = savepoint.location;
  if (chosenFrom !== undefined) {
    context.log.note(`taking ${directory}, the newest of ${chosenFrom.length} complete checkpoints`);
  }
  return { savepoint, path, fs, describe: describer(savepoint.formats) };
}

/** The uids that `--uid-candidates` lists. */
export async function uidCandidates(
  fs: LocalFileSystem,
  list: string | undefined,
): Promise<readonly string[]> {
  if (list === undefined) return [];
  const text = list.startsWith('@') ? await readText(fs, list.slice(1)) : list;
  const separator = list.startsWith('@') ? /\r?\n/ : ',';
  return text
    .split(separator)
    .map((uid) => uid.trim())
    .filter((uid) => uid !== '');
}

async function readText(fs: LocalFileSystem, path: string): Promise<string> {
  const stat = await fs.stat(path);
  if (stat?.kind !== 'file') throw usage('--uid-candidates', `there is no file "${path}"`);
  return new TextDecoder().decode(await fs.readRange(path, 0, stat.size));
}

/** The formats of the module that `--snapshot` names. */
export async function userFormats(
  module: string | undefined,
): Promise<readonly SnapshotFormat[] | undefined> {
  if (module === undefined) return undefined;
  const { loadFormats } = await import('./user-formats.js');
  return loadFormats(module);
}
