import { type FileSystem, LocalFileSystem, StatewrightError } from '@statewright/bytes';
import { absolutePath } from '@statewright/savepoint';
import { asStatewrightError, errorView } from '../error-view.js';
import type { SavedPlan } from '../plan/saved-plan.js';
import type { ApplyView } from '../views.js';
import { type Begun, begin, beginningView } from './begin.js';
import { type Applied, execute } from './execute.js';
import { METADATA, readJournalHead, writeText } from './journal.js';
import type { ApplyOptions } from './options.js';
import { removeDirectory } from './outputs.js';
import type { PlanText } from './request.js';
import { samplesOf } from './runner-for.js';
import { stateChanges, withEvents } from './state-changes.js';
import { notWritten } from './steps-view.js';

/**
 * Writes the snapshot that a plan makes into a new directory: state files first, `_metadata` last, so that an output that is not
 * whole cannot be loaded. After a kill, or a failure of the disk, the same call goes on where it ended; the bytes are those of
 * an undisturbed run. Never throws for data: what went wrong is in the result.
 */
export async function apply(
  snapshot: string,
  plan: PlanText,
  output: string,
  options: ApplyOptions = {},
): Promise<ApplyView> {
  const fs = options.fs ?? new LocalFileSystem();
  // A run that goes on takes for now what the first one took.
  const known = await readJournalHead(fs, absolutePath(output)).catch(() => undefined);
  const now = known === undefined ? undefined : BigInt(known.nowMillis);
  return applyBegun(await begin(snapshot, plan, { ...options, fs }, now), output, options, undefined);
}

/** As `apply`, of a saved plan; CHANGED when the snapshot or a file of the plan is not what it was. */
export async function applySaved(
  saved: SavedPlan,
  output: string,
  options: ApplyOptions = {},
): Promise<ApplyView> {
  const { snapshot, plan, dropInFlight, uidCandidates, allowOutside, nowMillis } = saved;
  const flinkVersion = saved.flinkVersion ?? undefined;
  const bound = { ...options, flinkVersion, dropInFlight, uidCandidates, allowOutside };
  return applyBegun(await begin(snapshot, plan, bound, BigInt(nowMillis)), output, bound, saved);
}

async function applyBegun(
  begun: Begun,
  output: string,
  options: ApplyOptions,
  saved: SavedPlan | undefined,
): Promise<ApplyView> {
  const { clock } = options;
  const reportFile = reportName(output, options);
  const applied: Applied = {
    directory: absolutePath(output),
    reportFile: reportFile === null ? null : absolutePath(reportFile),
    started: isoTime(clock),
    results: new Map(),
    files: [],
    resumedFiles: 0,
  };
  const view = (error?: StatewrightError) => applyView(begun, applied, output, options, error);
  if (begun.error !== undefined) return view(begun.error);
  try {
    await execute(begun, applied, options, saved);
    await writeReport(begun.fs, applied, view());
    await applied.journal!.remove();
    return view();
  } catch (cause) {
    return view(await afterFailure(begun.fs, applied, asStatewrightError(cause)));
  }
}

function applyView(
  begun: Begun,
  applied: Applied,
  output: string,
  options: ApplyOptions,
  error: StatewrightError | undefined,
): ApplyView {
  const results = [...applied.results.values()];
  const { resolved } = begun.migration ?? {};
  const changes =
    resolved === undefined
      ? { states: [], unchanged: 0 }
      : stateChanges(resolved, results, samplesOf(options));
  const digests = { plan: applied.planDigest, input: applied.inputDigest };
  const { schemaVersion, ...beginning } = beginningView(begun, digests);
  const failed = error === undefined ? null : errorView(error);
  const steps = withEvents(beginning.steps, results);
  return {
    schemaVersion,
    view: 'apply',
    tool: options.tool ?? null,
    user: options.user ?? null,
    started: applied.started,
    ended: isoTime(options.clock),
    ...beginning,
    steps: failed === null ? steps : notWritten(steps, failed),
    states: changes.states,
    unchangedStates: changes.unchanged,
    output,
    files: failed === null ? applied.files : [],
    resumedFiles: applied.resumedFiles,
    reportFile: failed === null && applied.reportFile !== null ? reportName(output, options) : null,
    error: failed,
  };
}

/** The report's name as the caller spells it. */
function reportName(output: string, { reportFile = `${output}.report.json` }: ApplyOptions): string | null {
  return reportFile;
}

function isoTime(clock: (() => number) | undefined): string | null {
  return clock === undefined ? null : new Date(clock()).toISOString();
}

/** The report of a run before, which was killed between its report and its end, stays. */
async function writeReport(fs: FileSystem, { reportFile }: Applied, view: ApplyView): Promise<void> {
  if (reportFile === null || (await fs.stat(reportFile)) !== undefined) return;
  await writeText(fs, reportFile, `${JSON.stringify(view, null, 2)}\n`);
}

/** After these, the same call can go on where this one ended. */
const CAN_GO_ON: readonly string[] = ['STOPPED', 'IO_FAILED', 'ACCESS_DENIED'];

/**
 * What an error means for the output: it stays where the run can go on, and is removed where another run would end in the same
 * way. Unless the metadata file is there already, nothing of it can be loaded.
 */
async function afterFailure(
  fs: FileSystem,
  { directory, journal }: Applied,
  error: StatewrightError,
): Promise<StatewrightError> {
  if (journal === undefined) return error;
  if ((await isWhole(fs, directory)) || CAN_GO_ON.includes(error.code)) {
    const next = `the same command goes on where it ended, or remove ${JSON.stringify(directory)}`;
    return withNext(error, error.next === undefined ? next : `${error.next}; ${next}`);
  }
  try {
    await removeDirectory(fs, directory);
    return error;
  } catch {
    return withNext(error, `remove ${JSON.stringify(directory)}, of which nothing can be loaded`);
  }
}

async function isWhole(fs: FileSystem, directory: string): Promise<boolean> {
  return (await fs.stat(`${directory}/${METADATA}`).catch(() => undefined)) !== undefined;
}

function withNext(error: StatewrightError, next: string): StatewrightError {
  const { code, span, at, kind, reason } = error;
  return new StatewrightError(code, { span, at, kind, reason, next, cause: error });
}
