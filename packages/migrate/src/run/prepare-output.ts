import { type FileSystem, StatewrightError } from '@statewright/bytes';
import { checkOutput, type Savepoint } from '@statewright/savepoint';
import { isUnbegun, JOURNAL_DIRECTORY, Journal, type JournalHead, readJournalHead } from './journal.js';
import { removeDirectory } from './outputs.js';
import type { WriteTask } from './write-task.js';

/** Beside what the tasks are known to write: the metadata file, the journal, and what entries grow by. */
const SPARE_BYTES = 16 << 20;

/** Throws unless the output and its report lie outside of the snapshot, also by way of links, and the report is not there. */
export async function checkPlaces(
  savepoint: Savepoint,
  fs: FileSystem,
  directory: string,
  reportFile: string | null,
): Promise<void> {
  await checkOutput(savepoint, directory, fs);
  if (reportFile === null) return;
  await checkOutput(savepoint, reportFile, fs);
  // The report of a run that was killed may be there; then its output is there, too.
  if ((await fs.stat(reportFile)) === undefined || (await fs.stat(directory)) !== undefined) return;
  const reason = `the report ${JSON.stringify(reportFile)} exists and nothing is ever overwritten`;
  throw new StatewrightError('ALREADY_EXISTS', {
    kind: 'report',
    reason,
    next: 'remove it, or give --report FILE',
  });
}

/**
 * The journal of an output: a new one, or that of a run of the same plan on the same input that was killed. ALREADY_EXISTS when
 * the directory holds anything else, CHANGED when the input is another one.
 */
export async function openJournal(
  fs: FileSystem,
  directory: string,
  head: JournalHead,
  tasks: readonly WriteTask[],
): Promise<Journal> {
  const stat = await fs.stat(directory);
  if (stat === undefined) return Journal.begin(fs, directory, head);
  const known = stat.kind === 'directory' ? await readJournalHead(fs, directory) : undefined;
  if (known !== undefined) {
    expectSameRun(directory, known, head);
    return Journal.resume(fs, directory, tasks);
  }
  if (stat.kind === 'directory' && (await isUnbegun(fs, directory))) {
    await removeDirectory(fs, `${directory}/${JOURNAL_DIRECTORY}`);
    return Journal.begin(fs, directory, head);
  }
  throw exists(directory, 'exists and nothing is ever overwritten', undefined);
}

const SETTINGS = ['tool', 'planDigest', 'flinkVersion', 'dropInFlight', 'tasks'] as const;

function expectSameRun(directory: string, known: JournalHead, head: JournalHead): void {
  const next = `remove ${JSON.stringify(directory)}, or choose another directory`;
  if (SETTINGS.some((name) => known[name] !== head[name])) {
    throw exists(directory, 'holds an unfinished run of another plan, or with other options', next);
  }
  if (known.input === head.input) return;
  const reason = `the output ${JSON.stringify(directory)} holds an unfinished run on the snapshot as it was before`;
  throw new StatewrightError('CHANGED', { kind: 'input', reason, next });
}

function exists(directory: string, what: string, next: string | undefined): StatewrightError {
  const reason = `the output ${JSON.stringify(directory)} ${what}`;
  return new StatewrightError('ALREADY_EXISTS', { kind: 'output directory', reason, next });
}

/** IO_FAILED when there is less room than tasks will write, as far as that is known before. */
export async function checkRoom(
  fs: FileSystem,
  directory: string,
  tasks: readonly WriteTask[],
  done: ReadonlySet<number>,
): Promise<void> {
  if (fs.freeBytes === undefined) return;
  const left = tasks.filter(({ id }) => !done.has(id));
  const needed = left.reduce((sum, { bytes }) => sum + bytes, 0) + SPARE_BYTES;
  const free = await fs.freeBytes(directory);
  if (free >= needed) return;
  const reason = `the output needs about ${needed} bytes but only ${free} are free`;
  const next = 'make room, or choose a directory on another disk';
  throw new StatewrightError('IO_FAILED', { kind: 'output directory', reason, next });
}
