import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { StatewrightError } from '@statewright/bytes';
import { type CheckOptions, checkSnapshot } from '@statewright/compat';
import { describer } from '@statewright/inspect';
import { absolutePath, checkOutput } from '@statewright/savepoint';
import { asStatewrightError, errorView } from '../error-view.js';
import { type Begun, begin, beginningView, planDigest } from '../run/begin.js';
import { digestBytes, fileDigest, inputDigest } from '../run/input-digest.js';
import { writeText } from '../run/journal.js';
import type { MigrateOptions } from '../run/options.js';
import { removeDirectory } from '../run/outputs.js';
import { progressOf } from '../run/progress.js';
import type { PlanText } from '../run/request.js';
import { runTasks } from '../run/run-tasks.js';
import { runnerFor, samplesOf } from '../run/runner-for.js';
import { type StateChanges, stateChanges, uncountedStates, withEvents } from '../run/state-changes.js';
import { writeTasks } from '../run/write/index.js';
import type { TaskResult, WriteTask } from '../run/write-task.js';
import type { PlanView } from '../views.js';
import { countStates } from './count-states.js';
import { plannedSavepoint } from './planned-savepoint.js';
import type { SavedPlan } from './saved-plan.js';

/** What `plan` is told beside the snapshot and the plan. */
export interface PlanOptions extends MigrateOptions {
  /** Saves the plan here, bound to the snapshot's digest; the file must not exist. */
  readonly save?: string | undefined;
  /** Checks the types of the result against a job. */
  readonly against?: CheckOptions | undefined;
  /** For the saved plan: the release of the tool. */
  readonly tool?: string | undefined;
}

/** What a dry run has found so far. */
interface Planned {
  readonly results: Map<number, TaskResult>;
  changes: StateChanges;
  planDigest?: string;
  inputDigest?: string;
  against?: PlanView['against'];
  saved?: string;
}

/**
 * Tells what a plan would do to a snapshot, and writes nothing but the saved plan: every entry that would be rewritten is read
 * and converted, so that counts and failures are those that `apply` will have. Never throws for data.
 */
export async function plan(snapshot: string, text: PlanText, options: PlanOptions = {}): Promise<PlanView> {
  const begun = await begin(snapshot, text, options);
  const planned: Planned = { results: new Map(), changes: { states: [], unchanged: 0 } };
  if (begun.error !== undefined) return planView(begun, planned, begun.error);
  try {
    await dryRun(begun, planned, options);
    return planView(begun, planned, undefined);
  } catch (cause) {
    return planView(begun, planned, asStatewrightError(cause));
  }
}

function planView(begun: Begun, planned: Planned, error: StatewrightError | undefined): PlanView {
  const { results, changes, against = null, saved = null } = planned;
  const { schemaVersion, ...beginning } = beginningView(begun, {
    plan: planned.planDigest,
    input: planned.inputDigest,
  });
  return {
    schemaVersion,
    view: 'plan',
    ...beginning,
    steps: withEvents(beginning.steps, results.values()),
    states: changes.states,
    unchangedStates: changes.unchanged,
    against,
    saved,
    error: error === undefined ? null : errorView(error),
  };
}

async function dryRun(begun: Begun, planned: Planned, options: PlanOptions): Promise<void> {
  const { savepoint, resolved, named } = begun.migration!;
  if (options.save !== undefined) await expectNew(begun, absolutePath(options.save));
  const tasks = writeTasks(resolved);
  planned.planDigest = await planDigest(begun.plan, named, begun.fs);
  planned.changes = stateChanges(resolved, [], samplesOf(options));
  await convertAll(begun, planned, options, tasks);
  const uncounted = uncountedStates(resolved, planned.results.values());
  const counts = await countStates(savepoint, uncounted, options.signal);
  planned.changes = stateChanges(resolved, planned.results.values(), samplesOf(options), counts);
  if (options.against !== undefined) {
    const side = { savepoint: plannedSavepoint(resolved.job), path: begun.snapshot, describe: describer() };
    planned.against = checkSnapshot(side, options.against);
  }
  if (options.save !== undefined) await save(begun, planned, options, options.save);
}

/** Runs the tasks that look at entries, and drops what they write. */
async function convertAll(
  begun: Begun,
  planned: Planned,
  options: PlanOptions,
  tasks: readonly WriteTask[],
): Promise<void> {
  const wanted = tasks.filter(({ kind }) => kind !== 'copy');
  if (wanted.length === 0) return;
  progressOf(
    options.progress,
    'converting',
    wanted.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const scratch = options.scratch ?? `${tmpdir()}/statewright-${randomBytes(8).toString('hex')}`;
  const places = { fs: begun.fs, directory: undefined, scratch };
  const runner = runnerFor(begun.request!, begun.migration!, wanted, places, options);
  const finished = (result: TaskResult): void => void planned.results.set(result.id, result);
  try {
    await runTasks(wanted, runner, { finished, signal: options.signal });
  } finally {
    await runner.close();
    await removeDirectory(begun.fs, scratch).catch(() => {});
  }
}

/** The saved plan lies outside of the snapshot, in a file that is not there yet. */
async function expectNew({ fs, migration }: Begun, file: string): Promise<void> {
  await checkOutput(migration!.savepoint, file, fs);
  if ((await fs.stat(file)) === undefined) return;
  const reason = `${JSON.stringify(file)} exists and nothing is ever overwritten`;
  throw new StatewrightError('ALREADY_EXISTS', { kind: 'saved plan', reason });
}

async function save(begun: Begun, planned: Planned, options: PlanOptions, file: string): Promise<void> {
  const { fs, request } = begun;
  const { savepoint, named } = begun.migration!;
  const { progress, signal } = options;
  const told = progressOf(progress, 'reading', digestBytes(savepoint));
  planned.inputDigest = await inputDigest(savepoint, { signal, progress: told });
  const files: { path: string; sha256: string }[] = [];
  for (const path of named) files.push({ path, sha256: await fileDigest(fs, path) });
  const { plan: text, open, flinkVersion = null, dropInFlight, metadataPath, nowMillis } = request!;
  const saved: SavedPlan = {
    savedPlanVersion: 1,
    tool: options.tool ?? null,
    snapshot: metadataPath,
    inputDigest: planned.inputDigest,
    plan: text,
    files,
    flinkVersion,
    dropInFlight,
    uidCandidates: open.uidCandidates,
    allowOutside: open.allowOutside,
    nowMillis: nowMillis.toString(),
  };
  await writeText(fs, absolutePath(file), `${JSON.stringify(saved, null, 2)}\n`);
  planned.saved = file;
}
