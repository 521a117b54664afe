import { createHash } from 'node:crypto';
import { type FileSystem, LocalFileSystem, type StatewrightError } from '@statewright/bytes';
import { describer, schemaView } from '@statewright/inspect';
import { openSavepoint } from '@statewright/savepoint';
import { asStatewrightError, errorView } from '../error-view.js';
import type { PlanView } from '../views.js';
import { fileDigest } from './input-digest.js';
import type { MigrateOptions } from './options.js';
import {
  type MigrationRequest,
  type OpeningParts,
  type OpenMigration,
  openMigration,
  type PlanText,
  targetVersion,
} from './request.js';
import { stepViews } from './steps-view.js';

/** A plan that was put on a snapshot, or how far that came. */
export interface Begun {
  /** The snapshot as the caller named it. */
  readonly snapshot: string;
  readonly plan: PlanText;
  readonly fs: FileSystem;
  readonly parts: OpeningParts;
  readonly request: MigrationRequest | undefined;
  readonly migration: OpenMigration | undefined;
  readonly error: StatewrightError | undefined;
}

/** Puts a plan on a snapshot; what goes wrong is in the result. `nowMillis` is what steps take for now. */
export async function begin(
  snapshot: string,
  plan: PlanText,
  options: MigrateOptions,
  nowMillis = BigInt(Math.trunc(options.clock?.() ?? 0)),
): Promise<Begun> {
  const fs = options.fs ?? new LocalFileSystem();
  const parts: OpeningParts = { steps: [] };
  const begun = { snapshot, plan, fs, parts };
  let request: MigrationRequest | undefined;
  try {
    request = await requestOf(snapshot, plan, fs, options, nowMillis);
    const migration = await openMigration(request, { fs, snapshots: options.snapshots }, parts);
    return { ...begun, request, migration, error: undefined };
  } catch (cause) {
    return { ...begun, request, migration: undefined, error: asStatewrightError(cause) };
  }
}

/** The request that a call stands for; finds the newest checkpoint where a directory of them is given. */
async function requestOf(
  snapshot: string,
  plan: PlanText,
  fs: FileSystem,
  options: MigrateOptions,
  nowMillis: bigint,
): Promise<MigrationRequest> {
  const { allowOutside = false, uidCandidates = [], snapshots, flinkVersion, dropInFlight = false } = options;
  const open = { allowOutside, relocate: true, uidCandidates };
  const own = snapshots === undefined ? {} : { snapshots };
  const { location } = await openSavepoint(snapshot, { ...open, ...own, fs });
  return { metadataPath: location.metadataPath, plan, open, flinkVersion, dropInFlight, nowMillis };
}

/** What every run tells of how it began. */
export function beginningView(
  begun: Begun,
  digests: { readonly plan?: string | undefined; readonly input?: string | undefined } = {},
): Pick<PlanView, 'schemaVersion' | 'snapshot' | 'plan' | 'category' | 'steps' | 'inputDigest' | 'error'> {
  const { parts, migration, request } = begun;
  const { savepoint } = parts;
  const error = begun.error === undefined ? null : errorView(begun.error);
  const isStep = error !== null && savepoint !== undefined;
  const version = request !== undefined && savepoint !== undefined ? targetVersion(request, savepoint) : '';
  return {
    schemaVersion: 1,
    snapshot:
      savepoint === undefined ? null : schemaView(savepoint, begun.snapshot, [], describer()).snapshot,
    plan: { file: begun.plan.file, digest: digests.plan ?? null, flinkVersion: version },
    category: migration?.resolved.category ?? null,
    steps: stepViews(parts.plan, parts.steps, isStep ? error : null),
    inputDigest: digests.input ?? null,
    error,
  };
}

/** SHA-256, in hex, of a plan's text and of the files that it names. */
export async function planDigest(
  { text }: PlanText,
  named: readonly string[],
  fs: FileSystem,
): Promise<string> {
  const hash = createHash('sha256').update(text);
  for (const path of named) hash.update(`\n${await fileDigest(fs, path)}`);
  return hash.digest('hex');
}
