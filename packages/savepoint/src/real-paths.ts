import { type FileSystem, StatewrightError } from '@statewright/bytes';
import { isBelow, joinPath, parentOf } from './paths.js';

/*
 * A snapshot that came from elsewhere may hold symbolic links. Whether a path lies in a directory is only known once
 * both are spelled without them.
 */

/** A path without symbolic links; as it is where there are none, and undefined where there is no such file. */
async function real(fs: FileSystem, path: string): Promise<string | undefined> {
  if (fs.realPath === undefined) return path;
  try {
    return await fs.realPath(path);
  } catch (error) {
    if (error instanceof StatewrightError && error.code === 'FILE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Directories without symbolic links; those that do not exist hold nothing. */
export async function realDirectories(fs: FileSystem, paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => real(fs, path)));
  return found.filter((path) => path !== undefined);
}

/**
 * Whether a path that seems to lie in one of the directories leads elsewhere through a symbolic link. What does not exist
 * leads nowhere: whoever reads it will say so.
 */
export async function leadsOutside(
  fs: FileSystem,
  path: string,
  directories: () => Promise<readonly string[]>,
): Promise<boolean> {
  const target = await real(fs, path);
  if (target === undefined || target === path) return false;
  return !(await directories()).some((directory) => isBelow(directory, target));
}

/** Where a file that does not exist yet would lie, without symbolic links. */
export async function realTarget(fs: FileSystem, path: string): Promise<string> {
  const found = await real(fs, path);
  if (found !== undefined || path === '/') return found ?? path;
  return joinPath(await realTarget(fs, parentOf(path)), path.slice(path.lastIndexOf('/') + 1));
}
