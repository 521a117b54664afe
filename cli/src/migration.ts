import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { LocalFileSystem } from '@statewright/bytes';
import { flinkVersion } from '@statewright/compat';
import type {
  ApplyView,
  MigrateOptions,
  PlanText,
  PlanView,
  RunProgress,
  VerifyView,
} from '@statewright/migrate';
import type { OptionSpec, OptionValues } from './command.js';
import type { Context } from './context.js';
import { exitCodeOf } from './exit-codes.js';
import { uidCandidates, userFormats } from './open.js';
import { countOption, SNAPSHOT_OPTIONS, textOption, usage } from './options.js';
import { printView } from './print-view.js';
import { readTextFile } from './read-text-file.js';
import { parseTime } from './times.js';

/** Options of all commands that migrate. */
export const MIGRATE_OPTIONS: readonly OptionSpec[] = [
  {
    flags: '--flink-version <VERSION>',
    description:
      'the Flink release that will restore the result; default: the newest that may have written SNAPSHOT',
  },
  { flags: '--drop-in-flight', description: 'leave the in-flight records of an unaligned checkpoint out' },
  { flags: '--workers <N>', description: 'threads that rewrite entries; default: 2' },
  {
    flags: '--now <TIME>',
    description: 'the time that steps take for now: ISO 8601 or milliseconds; default: now',
  },
  ...SNAPSHOT_OPTIONS,
];

/** How often the progress of a run is looked at. */
const LOOK_MILLIS = 100;
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];

/** What the options of a command line mean for a migration. */
export async function migrateOptions(options: OptionValues): Promise<MigrateOptions> {
  const version = textOption(options, 'flinkVersion');
  if (version !== undefined && flinkVersion(version) === undefined) {
    const reason = `"${version}" is no known release of Flink, which are 1.8 to 1.20 and 2.0 to 2.3`;
    throw usage('--flink-version', reason);
  }
  const now = textOption(options, 'now');
  const atMillis = now === undefined ? undefined : parseTime(now);
  return {
    snapshots: await userFormats(textOption(options, 'snapshot')),
    uidCandidates: await uidCandidates(new LocalFileSystem(), textOption(options, 'uidCandidates')),
    allowOutside: options.allowOutside === true,
    flinkVersion: version === undefined ? undefined : shortVersion(version),
    dropInFlight: options.dropInFlight === true,
    workers: countOption(options, 'workers', 1),
    clock: atMillis === undefined ? Date.now : () => atMillis,
  };
}

/** `1.20.3` as its line, `1.20`. */
function shortVersion(version: string): string {
  const { major, minor } = flinkVersion(version)!;
  return `${major}.${minor}`;
}

/** The plan in a file. */
export async function readPlanFile(file: string): Promise<PlanText> {
  return { file, text: await readTextFile('PLAN', file), directory: dirname(resolve(file)) };
}

/** Shows the progress of `work` while it runs, and tells it to stop at Ctrl-C; a second one ends the process. */
export async function withProgress<T>(
  context: Context,
  work: (watched: { readonly progress: RunProgress; readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const progress: RunProgress = { what: '', bytesDone: 0, bytesTotal: 0 };
  const controller = new AbortController();
  const stop = () => controller.abort();
  const show = () => {
    if (progress.bytesTotal > 0) context.log.progress(progress.what, progress.bytesDone, progress.bytesTotal);
  };
  const timer = setInterval(show, LOOK_MILLIS);
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    return await work({ progress, signal: controller.signal });
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
    clearInterval(timer);
    context.log.clear();
  }
}

/** Prints what a run tells, its error on stderr; gives the exit code of the error, undefined without one. */
export async function printRun(
  context: Context,
  view: PlanView | ApplyView | VerifyView,
  options: OptionValues,
): Promise<number | undefined> {
  // Of a snapshot that could not be opened there is nothing to tell but the error.
  if (options.format !== 'text' || view.snapshot !== null) await printView(context, view, options);
  if (view.error === null) return undefined;
  await context.stdout.flush();
  context.log.error(view.error.message);
  return exitCodeOf(view.error.code);
}
