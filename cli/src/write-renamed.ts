import { escapeText, formatBytes, jsonText, plural } from '@statewright/report';
import { type CopyProgress, type Renames, renameStates, type WrittenSnapshot } from '@statewright/savepoint';
import type { OptionValues } from './command.js';
import type { Context } from './context.js';
import type { OpenSnapshot } from './open.js';

/** How often the progress of a copy is looked at. */
const LOOK_MILLIS = 100;

/** Writes the renamed snapshot and prints what was done. */
export async function writeRenamed(
  context: Context,
  { savepoint, path }: OpenSnapshot,
  renames: Renames,
  output: string,
  options: OptionValues,
  names: { readonly from: string; readonly to: string },
): Promise<void> {
  const progress: CopyProgress = { bytesDone: 0, bytesTotal: 0 };
  const show = () => context.log.progress('copying', progress.bytesDone, progress.bytesTotal);
  const timer = setInterval(show, LOOK_MILLIS);
  let written: WrittenSnapshot;
  try {
    written = await renameStates(savepoint, renames, output, { progress });
  } finally {
    clearInterval(timer);
    context.log.clear();
  }
  const { files, bytes } = written;
  if (options.format === 'json') {
    const result = { schemaVersion: 1, view: 'rename', snapshot: path, ...names, output, files, bytes };
    await context.stdout.write(`${jsonText(result, 2)}\n`);
    return;
  }
  await context.stdout.write(
    [
      `renamed ${escapeText(names.from)} to ${escapeText(names.to)}`,
      `wrote ${escapeText(output)}: ${plural(files, 'file')}, ${formatBytes(bytes)}; all but names is copied byte for byte`,
      '',
    ].join('\n'),
  );
}
