import { LocalFileSystem, StatewrightError } from '@statewright/bytes';
import { absolutePath } from '@statewright/savepoint';
import type { OptionValues } from './command.js';
import type { Context } from './context.js';
import { type OpenSnapshot, openSnapshot } from './open.js';

/** What the browser begins with. */
export interface OpenBrowsed extends OpenSnapshot {
  /** The absolute directory of several snapshots that was named: its list is shown first. `savepoint` is the newest. */
  readonly directory: string | undefined;
}

/** Opens the snapshot that is named, or the newest that can be read of a directory of snapshots. */
export async function openBrowsed(
  context: Context,
  path: string,
  options: OptionValues,
): Promise<OpenBrowsed> {
  const fs = new LocalFileSystem();
  const directory = absolutePath(path);
  const one =
    (await fs.stat(directory))?.kind !== 'directory' ||
    (await fs.stat(`${directory}/_metadata`)) !== undefined;
  if (one) return { ...(await openSnapshot(context, path, options)), directory: undefined };
  const { listSnapshots } = await import('@statewright/tui');
  const { complete } = await listSnapshots(fs, directory);
  let damaged: StatewrightError | undefined;
  for (const { name } of complete) {
    try {
      const own = await openSnapshot(context, `${path.replace(/\/+$/, '')}/${name}`, options);
      return { ...own, directory };
    } catch (error) {
      if (!(error instanceof StatewrightError) || error.code === 'USAGE') throw error;
      damaged ??= error;
    }
  }
  if (damaged !== undefined) throw damaged;
  return { ...(await openSnapshot(context, path, options)), directory: undefined };
}
