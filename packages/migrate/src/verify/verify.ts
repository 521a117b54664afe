import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { LocalFileSystem } from '@statewright/bytes';
import { describer, schemaView } from '@statewright/inspect';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import { errorView } from '../error-view.js';
import { begin } from '../run/begin.js';
import type { MigrateOptions } from '../run/options.js';
import { progressOf } from '../run/progress.js';
import type { PlanText } from '../run/request.js';
import type { VerifiedMigration, VerifyView } from '../views.js';
import { againstPlan } from './against-plan.js';
import { orphansOf } from './orphans.js';
import { type Reading, readAll } from './read-all.js';

/** What `verify` is told beside the snapshot. */
export interface VerifyOptions extends MigrateOptions {
  /** The snapshot was made from this one, by this plan. `nowMillis` is what its steps took for now. */
  readonly migration?:
    | { readonly source: string; readonly plan: PlanText; readonly nowMillis?: bigint | undefined }
    | undefined;
}

const NOTHING: Reading = { streams: 0, bytes: 0, states: [], damage: [], notVerified: [] };

/**
 * Reads all of a snapshot and tells what is wrong with it; with a source and a plan, also whether it is what the plan makes of the
 * source. Never throws for data.
 */
export async function verify(snapshot: string, options: VerifyOptions = {}): Promise<VerifyView> {
  const found: Found = { reading: NOTHING, orphans: [], migration: null };
  try {
    await lookInto(snapshot, options, found);
    return viewOf(snapshot, found, null);
  } catch (cause) {
    return viewOf(snapshot, found, errorView(cause));
  }
}

/** What has been found so far. */
interface Found {
  savepoint?: Savepoint;
  reading: Reading;
  orphans: readonly string[];
  migration: VerifiedMigration | null;
}

async function lookInto(snapshot: string, options: VerifyOptions, found: Found): Promise<void> {
  const { fs = new LocalFileSystem(), snapshots, uidCandidates = [], allowOutside = false } = options;
  const own = snapshots === undefined ? {} : { snapshots };
  const savepoint = await openSavepoint(snapshot, {
    fs,
    uidCandidates,
    allowOutside,
    relocate: true,
    ...own,
  });
  found.savepoint = savepoint;
  found.orphans = await orphansOf(savepoint);
  const { progress, signal, migration } = options;
  const bytes = savepoint.operators.reduce((sum, { stateBytes }) => sum + stateBytes, 0);
  progressOf(progress, 'verifying', bytes);
  found.reading = await readAll(savepoint, { signal, progress });
  if (migration === undefined) return;
  const begun = await begin(migration.source, migration.plan, { ...options, fs }, migration.nowMillis);
  if (begun.error !== undefined) throw begun.error;
  const scratch = options.scratch ?? `${tmpdir()}/statewright-${randomBytes(8).toString('hex')}`;
  found.migration = await againstPlan(savepoint, found.reading.states, { begun, options, scratch });
}

function viewOf(snapshot: string, found: Found, error: VerifyView['error']): VerifyView {
  const { savepoint, reading, orphans, migration } = found;
  return {
    schemaVersion: 1,
    view: 'verify',
    snapshot: savepoint === undefined ? null : schemaView(savepoint, snapshot, [], describer()).snapshot,
    ...reading,
    orphans,
    migration,
    error,
  };
}
