import { crc32c, type FileSystem, StatewrightError } from '@statewright/bytes';
import { expectSameFiles, type SavedPlan } from '../plan/saved-plan.js';
import type { FileView } from '../views.js';
import { type Begun, planDigest } from './begin.js';
import { checkWritten } from './check-written.js';
import { digestBytes, inputDigest, inputIdentity } from './input-digest.js';
import { type Journal, type JournalHead, METADATA, writeBytes } from './journal.js';
import type { ApplyOptions } from './options.js';
import { checkPlaces, checkRoom, openJournal } from './prepare-output.js';
import { progressOf } from './progress.js';
import type { OpenMigration } from './request.js';
import { runTasks } from './run-tasks.js';
import { runnerFor } from './runner-for.js';
import { assembleMetadata, writeTasks } from './write/index.js';
import type { SourceSum, TaskResult, WriteTask } from './write-task.js';

/** What a run has done so far, for the result, whatever happens next. */
export interface Applied {
  /** Absolute paths. */
  readonly directory: string;
  readonly reportFile: string | null;
  readonly started: string | null;
  readonly results: Map<number, TaskResult>;
  files: readonly FileView[];
  resumedFiles: number;
  planDigest?: string;
  inputDigest?: string;
  /** Of the output, once it is being made. */
  journal?: Journal;
}

/** Makes the output of a plan that was put on a snapshot, its metadata file last. */
export async function execute(
  begun: Begun,
  applied: Applied,
  options: ApplyOptions,
  saved: SavedPlan | undefined,
): Promise<void> {
  const { fs, plan } = begun;
  const migration = begun.migration!;
  expectAllowed(migration, options);
  await checkPlaces(migration.savepoint, fs, applied.directory, applied.reportFile);
  const tasks = writeTasks(migration.resolved);
  if (saved !== undefined) await expectSameFiles(saved, fs);
  applied.planDigest = await planDigest(plan, migration.named, fs);
  if (saved !== undefined) {
    applied.inputDigest = await readInput(migration, options);
    expectSameInput(saved, applied.inputDigest);
  }
  const head = await headOf(begun, applied, options, tasks);
  const journal = await openJournal(fs, applied.directory, head, tasks);
  applied.journal = journal;
  applied.resumedFiles = [...journal.done.values()].reduce((sum, { files }) => sum + files.length, 0);
  for (const [id, result] of journal.done) applied.results.set(id, result);
  await checkRoom(fs, applied.directory, tasks, new Set(journal.done.keys()));
  await runAll(begun, applied, options, tasks, journal);
  await finish(migration, fs, applied, options, tasks);
}

/** LOSSY when values would be lost and nobody has allowed it. */
function expectAllowed({ resolved }: OpenMigration, { allowLossy = false }: ApplyOptions): void {
  if (resolved.category !== 'lossy' || allowLossy) return;
  const [first, ...others] = resolved.steps.flatMap(({ changes }) =>
    changes.filter(({ category }) => category === 'lossy'),
  );
  const more = others.length > 0 ? `, and ${others.length} more of its kind` : '';
  const reason = `${first?.address ?? 'a state'} would lose ${first?.loses ?? 'values'}${more}`;
  const next = 'look at what `statewright plan` tells of it, and allow it with --allow-lossy';
  throw new StatewrightError('LOSSY', { kind: 'plan', reason, next });
}

function readInput(
  { savepoint }: OpenMigration,
  { progress, signal }: ApplyOptions,
  known: readonly SourceSum[] = [],
): Promise<string> {
  const bytes = digestBytes(savepoint, known);
  return inputDigest(savepoint, { signal, known, progress: progressOf(progress, 'reading', bytes) });
}

function expectSameInput(saved: SavedPlan, digest: string): void {
  if (saved.inputDigest === digest) return;
  const reason = `the snapshot has the digest ${digest} but the plan was saved for ${saved.inputDigest}`;
  const next = 'make the plan anew, and look at what it will do';
  throw new StatewrightError('CHANGED', { kind: 'input', reason, next });
}

async function headOf(
  { request, migration }: Begun,
  applied: Applied,
  { tool }: ApplyOptions,
  tasks: readonly WriteTask[],
): Promise<JournalHead> {
  const { flinkVersion = null, dropInFlight, nowMillis } = request!;
  return {
    journalVersion: 1,
    tool: tool ?? null,
    planDigest: applied.planDigest!,
    input: await inputIdentity(migration!.savepoint),
    flinkVersion,
    dropInFlight,
    nowMillis: nowMillis.toString(),
    tasks: tasks.length,
  };
}

async function runAll(
  begun: Begun,
  applied: Applied,
  options: ApplyOptions,
  tasks: readonly WriteTask[],
  journal: Journal,
): Promise<void> {
  const left = tasks.filter(({ id }) => !journal.done.has(id));
  progressOf(
    options.progress,
    'writing',
    left.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const places = { fs: begun.fs, directory: applied.directory, scratch: journal.scratch };
  const runner = runnerFor(begun.request!, begun.migration!, left, places, options);
  const finished = async (result: TaskResult, { bytes }: WriteTask): Promise<void> => {
    applied.results.set(result.id, result);
    expectFitting(result);
    await journal.note(result, bytes);
  };
  try {
    await runTasks(tasks, runner, { done: journal.done, finished, signal: options.signal });
  } catch (error) {
    await journal.flush();
    throw error;
  } finally {
    await runner.close();
  }
}

/** CANNOT_ENCODE when entries did not fit, and the plan has no policy for them. */
function expectFitting({ tallies }: TaskResult): void {
  for (const { events, failures } of tallies) {
    const failed = events.find(({ what }) => what === 'failed');
    if (failed === undefined) continue;
    const first = failures[0];
    const where =
      first === undefined ? '' : `, the first under the key ${JSON.stringify(first.key)}: ${first.reason}`;
    const reason = `${failed.count} of its entries do not fit${where}`;
    const next = '`statewright plan` lists them; give the step a policy for them';
    throw new StatewrightError('CANNOT_ENCODE', { kind: `step ${failed.step + 1}`, reason, next });
  }
}

const MADE: readonly WriteTask['kind'][] = ['keyed', 'operator'];

/** Reads what was written anew, and gives it its metadata file. */
async function finish(
  migration: OpenMigration,
  fs: FileSystem,
  applied: Applied,
  options: ApplyOptions,
  tasks: readonly WriteTask[],
): Promise<void> {
  const { resolved } = migration;
  const { verify = true, progress, signal } = options;
  const sums = [...applied.results.values()].flatMap(({ sources = [] }) => sources);
  applied.inputDigest ??= await readInput(migration, options, sums);
  const metadata = await assembleMetadata(resolved, applied.results);
  const files = tasks.flatMap(({ id, kind }) => (kind === 'spill' ? [] : applied.results.get(id)!.files));
  if (verify) {
    // Of a copy, every byte has just been read and written as it is: reading it again would tell nothing more.
    const made = tasks.flatMap(({ id, kind }) => (MADE.includes(kind) ? applied.results.get(id)!.files : []));
    const bytes = made.reduce((sum, file) => sum + file.bytes, 0);
    const told = progressOf(progress, 'verifying', bytes);
    await checkWritten(resolved, fs, applied.directory, metadata, made, { signal, progress: told });
  }
  const path = `${applied.directory}/${METADATA}`;
  if ((await fs.stat(path)) === undefined) await writeBytes(fs, path, metadata);
  const own = { name: METADATA, bytes: metadata.length, crc32c: crc32c(metadata) };
  applied.files = [...[...files].sort((a, b) => (a.name < b.name ? -1 : 1)), own];
}
