import { type FileSystem, LocalFileSystem } from '@statewright/bytes';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import type { SnapshotFormat } from '@statewright/serializers';
import { namedUids } from '../plan/named-uids.js';
import type { Plan } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { statePieces } from './input-digest.js';
import { type ResolvedPlan, type ResolvedStep, resolvePlan } from './resolve-plan.js';
import { surroundingsOf } from './surroundings.js';
import { WatchedFiles } from './watched-files.js';

/** A plan as text, and where it lies. */
export interface PlanText {
  /** The file's name for messages. */
  readonly file: string;
  readonly text: string;
  /** Absolute path that the plan's own file names count from. */
  readonly directory: string;
}

/**
 * What is to be migrated and how, as plain data: each thread opens the snapshot and puts the plan on it for itself, and all
 * come to the same.
 */
export interface MigrationRequest {
  /** The snapshot's metadata file, so that all threads take the same checkpoint. */
  readonly metadataPath: string;
  readonly plan: PlanText;
  readonly open: {
    readonly allowOutside: boolean;
    readonly relocate: boolean;
    readonly uidCandidates: readonly string[];
  };
  /** The release that the result is for; undefined: the newest that may have written the snapshot. */
  readonly flinkVersion: string | undefined;
  readonly dropInFlight: boolean;
  /** Milliseconds since the epoch that steps take for now. */
  readonly nowMillis: bigint;
}

/** What only this thread has: a file system and serializer formats of the caller's own. */
export interface OwnParts {
  readonly fs?: FileSystem | undefined;
  readonly snapshots?: readonly SnapshotFormat[] | undefined;
}

/** A snapshot with a plan put on it. */
export interface OpenMigration {
  readonly savepoint: Savepoint;
  readonly plan: Plan;
  readonly resolved: ResolvedPlan;
  /** The snapshot's file system, which sums up what is read from it. */
  readonly files: WatchedFiles;
  /** Paths of the files that steps have named, sorted. */
  readonly named: readonly string[];
}

/** What there is when a later part fails. */
export interface OpeningParts {
  savepoint?: Savepoint;
  plan?: Plan;
  readonly steps: ResolvedStep[];
}

/** Opens the snapshot and puts the plan on it; `parts` is filled on the way. */
export async function openMigration(
  request: MigrationRequest,
  own: OwnParts = {},
  parts: OpeningParts = { steps: [] },
): Promise<OpenMigration> {
  const fs = own.fs ?? new LocalFileSystem();
  const { plan: text, open } = request;
  const plan = await readPlan(text.file, text.text);
  parts.plan = plan;
  const files = new WatchedFiles(fs);
  const savepoint = await openSavepoint(request.metadataPath, {
    ...open,
    uidCandidates: [...open.uidCandidates, ...namedUids(plan)],
    fs: files,
    ...(own.snapshots === undefined ? {} : { snapshots: own.snapshots }),
  });
  parts.savepoint = savepoint;
  const named = new Set<string>();
  const surroundings = surroundingsOf({
    fs,
    directory: text.directory,
    flinkVersion: targetVersion(request, savepoint),
    nowMillis: request.nowMillis,
    named: (path) => named.add(path),
  });
  const writing = { flinkVersion: request.flinkVersion, dropInFlight: request.dropInFlight };
  const resolved = await resolvePlan(savepoint, plan, surroundings, {
    writing,
    resolved: (step) => parts.steps.push(step),
  });
  files.watch(statePieces(savepoint));
  return { savepoint, plan, resolved, files, named: [...named].sort() };
}

/** The release that the result is for. */
export function targetVersion(request: Pick<MigrationRequest, 'flinkVersion'>, savepoint: Savepoint): string {
  return request.flinkVersion ?? savepoint.flinkVersions[1];
}
