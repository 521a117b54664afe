import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { FlinkLine } from './judge.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAIN = path.join(ROOT, 'cli/dist/main.js');
const JUDGE = path.join(ROOT, 'fixtures/judge/migrations.sh');
const FIXTURES = path.join(ROOT, 'fixtures/migrate');
const CONCURRENCY = 2;

/** Who wrote a savepoint, and who restores what we make of it. */
export const ROUTES = ['1.20', '2.3', '1.20-to-2.3'] as const;

export type Route = (typeof ROUTES)[number];

interface Row {
  readonly name: string;
  /** Without it all of them. */
  readonly routes?: readonly Route[];
  /** Subtasks of the restored job, one job each; without it two. */
  readonly parallelisms?: readonly number[];
  /** Whether a native savepoint is migrated, too. */
  readonly native?: boolean;
  /** Whether it is a checkpoint, which is native, that is migrated, and nothing else. */
  readonly checkpoint?: boolean;
  /** Options of `apply`. */
  readonly apply?: readonly string[];
  /** Words of the error with which `apply` refuses; nothing is restored then. */
  readonly refused?: string;
}

/** One savepoint that is migrated and judged. */
export interface Trial {
  readonly row: Row;
  readonly route: Route;
  /** Its folder among the results: the case, with `.native` behind it for a native savepoint. */
  readonly folder: string;
  readonly source: string;
  /** How many jobs are to restore it: one for each backend that can and each parallelism. */
  readonly jobs: number;
}

/** A migration that does not do what it is to do, and why, as far as is known. */
export interface Failure {
  /** `ROUTE/FOLDER` of the trial. */
  readonly trial: string;
  readonly why: string;
}

/** Failures that are known; the list is exact. */
export function knownFailures(): Failure[] {
  return JSON.parse(readFileSync(path.join(FIXTURES, 'known-failures.json'), 'utf8')) as Failure[];
}

/** All trials of a route, in the order of `fixtures/migrate/cases.json`. */
export function trialsOf(route: Route): Trial[] {
  const rows = JSON.parse(readFileSync(path.join(FIXTURES, 'cases.json'), 'utf8')) as Row[];
  return rows.filter(({ routes = ROUTES }) => routes.includes(route)).flatMap((row) => trials(row, route));
}

function trials(row: Row, route: Route): Trial[] {
  const source = path.join(FIXTURES, row.name, `flink${route.split('-to-')[0]}`);
  const parallelisms = row.parallelisms?.length ?? 1;
  const canonical = { folder: row.name, source: path.join(source, 'source'), jobs: 2 * parallelisms };
  const native = {
    folder: `${row.name}.native`,
    source: path.join(source, 'source-native'),
    jobs: parallelisms,
  };
  const kinds = row.checkpoint === true ? [native] : row.native === true ? [canonical, native] : [canonical];
  return kinds.map((kind) => ({ row, route, ...kind }));
}

/** A new folder for results, which is removed when `use` has ended. */
export async function inScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-migrations-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Migrates the trials into a folder; those that `apply` refuses are failures. */
export async function migrate(trials: readonly Trial[], folder: string): Promise<Failure[]> {
  const outputs: (string | undefined)[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < trials.length; at = next++) {
      outputs[at] = await apply(trials[at]!, path.join(folder, trials[at]!.folder));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return trials.flatMap((trial, at) => (outputs[at] === undefined ? [] : [failure(trial, outputs[at]!)]));
}

/** Runs `statewright apply`; what it prints on stderr when it fails. */
export async function apply({ row, route, source }: Trial, output: string): Promise<string | undefined> {
  const plan = path.join(FIXTURES, row.name, 'plan.yaml');
  const target = route.includes('-to-') ? ['--flink-version', lineOf(route)] : [];
  const args = [MAIN, 'apply', source, plan, '-o', output, '--quiet', ...(row.apply ?? []), ...target];
  try {
    await promisify(execFile)(process.execPath, args);
    return undefined;
  } catch (cause) {
    return (cause as { stderr: string }).stderr.trim();
  }
}

/** Takes the trials as they are, not migrated. */
export function leave(trials: readonly Trial[], folder: string): void {
  for (const trial of trials) cpSync(trial.source, path.join(folder, trial.folder), { recursive: true });
}

/** Has real Flink restore what lies in the folder into the new jobs; who does not see what was planned is a failure. */
export async function judgeMigrations(trials: readonly Trial[], folder: string): Promise<Failure[]> {
  mkdirSync(folder, { recursive: true });
  const [first] = trials;
  assert.ok(first !== undefined, 'there is nothing to judge');
  const { stdout } = await promisify(execFile)(JUDGE, ['judge', folder, lineOf(first.route)], {
    maxBuffer: 1 << 26,
  });
  const verdicts = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as MigrationVerdict);
  return trials
    .filter((trial) => existsSync(path.join(folder, trial.folder, '_metadata')))
    .flatMap((trial) => failuresOf(trial, verdicts));
}

function failuresOf(trial: Trial, verdicts: readonly MigrationVerdict[]): Failure[] {
  const own = verdicts.filter(({ savepoint }) => savepoint === trial.folder);
  assert.equal(own.length, trial.jobs, `${trial.route}/${trial.folder}: jobs that restored it`);
  const bad = own.filter(({ ok }) => !ok);
  return bad.length === 0 ? [] : [failure(trial, bad.map(wordsOf).join('; '))];
}

interface MigrationVerdict {
  readonly savepoint: string;
  readonly backend: string;
  readonly parallelism: number;
  readonly ok: boolean;
  readonly missing?: readonly string[];
  readonly unexpected?: readonly string[];
  readonly causes?: readonly string[];
}

function wordsOf({ backend, parallelism, missing = [], unexpected = [], causes }: MigrationVerdict): string {
  const what = causes === undefined ? `not ${missing[0]} but ${unexpected[0]}` : causes.join(' ← ');
  return `${backend} at parallelism ${parallelism}: ${what}`;
}

function failure({ route, folder }: Trial, why: string): Failure {
  return { trial: `${route}/${folder}`, why };
}

function lineOf(route: Route): FlinkLine {
  return route === '1.20' ? '1.20' : '2.3';
}
