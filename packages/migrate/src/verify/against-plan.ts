import { crc32c, type FileSystem } from '@statewright/bytes';
import { describer, snapshotDiff } from '@statewright/inspect';
import type { Savepoint, State } from '@statewright/savepoint';
import { type Begun, planDigest } from '../run/begin.js';
import { crcOfRange } from '../run/input-digest.js';
import { METADATA } from '../run/journal.js';
import type { MigrateOptions } from '../run/options.js';
import { removeDirectory } from '../run/outputs.js';
import { progressOf } from '../run/progress.js';
import { runTasks } from '../run/run-tasks.js';
import { runnerFor, samplesOf } from '../run/runner-for.js';
import { stateChanges } from '../run/state-changes.js';
import { assembleMetadata, writeTasks } from '../run/write/index.js';
import type { TaskResult, WriteTask } from '../run/write-task.js';
import type { VerifiedMigration, VerifiedState } from '../views.js';

type Difference = VerifiedMigration['differences'][number];

/** What a result is compared with. */
export interface ExpectedOf {
  readonly begun: Begun;
  readonly options: MigrateOptions;
  /** A directory for scratch files, which is removed. */
  readonly scratch: string;
}

/**
 * Compares a snapshot with what a plan makes of its source: the plan is carried out once more without keeping what it writes,
 * and every file must hold the same bytes. Independently of that, states that the plan does not name must have the same entries as
 * the source, and the others as many as the plan has made.
 */
export async function againstPlan(
  found: Savepoint,
  read: readonly VerifiedState[],
  { begun, options, scratch }: ExpectedOf,
): Promise<VerifiedMigration> {
  const { savepoint, resolved, named } = begun.migration!;
  const results = await makeAgain(begun, options, scratch);
  const metadata = await assembleMetadata(resolved, results);
  const files = await compareFiles(found, writeTasks(resolved), results, metadata);
  const { states, unchanged } = stateChanges(resolved, results.values(), samplesOf(options));
  const counted = countDifferences(states, read);
  const entries = await entryDifferences(savepoint, found, new Set(states.map(identityOf)), scratch);
  await removeDirectory(begun.fs, scratch).catch(() => {});
  return {
    source: begun.snapshot,
    plan: {
      file: begun.plan.file,
      digest: await planDigest(begun.plan, named, begun.fs),
      flinkVersion: options.flinkVersion ?? savepoint.flinkVersions[1],
    },
    equalFiles: files.equal,
    differences: [...files.differences, ...counted, ...entries],
    states,
    unchangedStates: unchanged,
  };
}

async function makeAgain(
  begun: Begun,
  options: MigrateOptions,
  scratch: string,
): Promise<ReadonlyMap<number, TaskResult>> {
  const migration = begun.migration!;
  const tasks = writeTasks(migration.resolved);
  progressOf(
    options.progress,
    'comparing',
    tasks.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const places = { fs: begun.fs, directory: undefined, scratch };
  const runner = runnerFor(begun.request!, migration, tasks, places, { ...options, samples: 0 });
  try {
    return await runTasks(tasks, runner, { signal: options.signal });
  } finally {
    await runner.close();
  }
}

async function compareFiles(
  found: Savepoint,
  tasks: readonly WriteTask[],
  results: ReadonlyMap<number, TaskResult>,
  metadata: Uint8Array,
): Promise<{ readonly equal: number; readonly differences: readonly Difference[] }> {
  const { fs, location } = found;
  const differences: Difference[] = [];
  let equal = 0;
  const written = tasks.flatMap(({ id, kind }) => (kind === 'spill' ? [] : results.get(id)!.files));
  const own = { name: METADATA, bytes: metadata.length, crc32c: crc32c(metadata) };
  for (const file of [...written, own]) {
    const path = file.name === METADATA ? location.metadataPath : `${location.directory}/${file.name}`;
    const reason = await whyOther(fs, path, file);
    if (reason === undefined) equal++;
    else differences.push({ what: file.name, reason });
  }
  return { equal, differences };
}

async function whyOther(
  fs: FileSystem,
  path: string,
  { bytes, crc32c: expected }: { readonly bytes: number; readonly crc32c: number },
): Promise<string | undefined> {
  const size = (await fs.stat(path))?.size;
  if (size === undefined) return 'the file is not there';
  if (size !== bytes) return `the file has ${size} bytes but the plan makes ${bytes}`;
  const crc = await crcOfRange(fs, { path, start: 0, size });
  if (crc === expected) return undefined;
  return `the file's bytes have the checksum ${crc} but those that the plan makes have ${expected}`;
}

/** Changed states have as many entries as the plan has made; of broadcast state each subtask has a copy. */
function countDifferences(
  states: VerifiedMigration['states'],
  read: readonly VerifiedState[],
): readonly Difference[] {
  const found = new Map(read.map((state) => [identityOf(state), state]));
  return states.flatMap((state): Difference[] => {
    const { address, kind, mark, entries } = state;
    if (mark === '-' || entries.after === null) return [];
    const same = found.get(identityOf(state));
    if (same === undefined) return [{ what: address, reason: 'the state is not there' }];
    if (same.entries === entries.after || kind === 'broadcast') return [];
    return [{ what: address, reason: `it has ${same.entries} entries but the plan makes ${entries.after}` }];
  });
}

/** What a state is known by, whatever its operator is called. */
function identityOf({ operatorId, name, kind }: Pick<VerifiedState, 'operatorId' | 'name' | 'kind'>): string {
  return JSON.stringify([operatorId, kind, name]);
}

/** Bytes of rows that sorting keeps in memory. */
const SORT_BYTES = 64 << 20;

/** States that the plan does not name have the entries of the source, whoever wrote them. */
async function entryDifferences(
  source: Savepoint,
  found: Savepoint,
  changed: ReadonlySet<string>,
  scratch: string,
): Promise<readonly Difference[]> {
  const [before, after] = [source, found].map((savepoint) => ({
    savepoint: withoutStates(savepoint, changed),
    path: savepoint.location.directory,
    describe: describer(),
  }));
  if (before!.savepoint.operators.length === 0) return [];
  const diff = await snapshotDiff(before!, after!, {
    limit: 0,
    scratch: { fs: found.fs, directory: scratch, budget: SORT_BYTES },
  });
  for await (const _ of diff.changes());
  const { states } = diff.view([]);
  return states.flatMap(({ operator, name, kind, address, verdict, presence }): Difference[] => {
    if (
      changed.has(identityOf({ operatorId: operator.id, name, kind })) ||
      presence !== 'both' ||
      verdict !== 'differs'
    )
      return [];
    return [{ what: address, reason: 'the plan does not name it, and it is not as in the source' }];
  });
}

/** A snapshot as if it had only the states that a plan does not name. */
function withoutStates(savepoint: Savepoint, changed: ReadonlySet<string>): Savepoint {
  const operators = savepoint.operators.map((operator) => {
    const isSame = ({ name, kind }: State) =>
      !changed.has(identityOf({ operatorId: operator.id, name, kind }));
    return { ...operator, states: operator.states.filter(isSame) };
  });
  return { ...savepoint, operators: operators.filter(({ states }) => states.length > 0) };
}
