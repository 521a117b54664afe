import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const JUDGE = path.join(ROOT, 'fixtures/judge/judge.sh');
const SAVEPOINTS = path.join(ROOT, 'fixtures/savepoints');

/** The Flink releases that judge, as `fixtures/judge/judge.sh` calls them. */
export const FLINK_LINES = ['1.20', '2.3'] as const;

export type FlinkLine = (typeof FLINK_LINES)[number];

/** One thing that real Flink is asked: to restore a snapshot into a job, or with `dump` to read it. */
export interface Request {
  readonly job: string;
  readonly snapshot: string;
  readonly backend?: 'hashmap' | 'rocksdb';
  readonly parallelism?: number;
  /** `OPERATOR/OLD` to `NEW`, OPERATOR being the old uid: what the job calls its states now. */
  readonly renameStates?: Readonly<Record<string, string>>;
  /** Old uid to new uid. */
  readonly renameOperators?: Readonly<Record<string, string>>;
  /** Read through the State Processor API instead of restoring. */
  readonly dump?: boolean;
}

/** What Flink saw, a line for each entry; or why it refused. */
export type Verdict =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly causes: readonly string[] };

/** Has one Flink release judge all requests, in one JVM. */
export async function judge(line: FlinkLine, requests: readonly Request[]): Promise<Verdict[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-judge-'));
  try {
    const batch = path.join(folder, 'batch.ndjson');
    const out = (index: number) => path.join(folder, `${index}.ndjson`);
    const lines = requests.map((request, index) => JSON.stringify({ ...request, out: out(index) }));
    writeFileSync(batch, `${lines.join('\n')}\n`);
    const { stdout } = await promisify(execFile)(JUDGE, ['--flink', line, '--batch', batch], {
      maxBuffer: 1 << 26,
    });
    const verdicts = stdout.trim().split('\n');
    assert.equal(verdicts.length, requests.length, `the judge gave no verdict for each request:\n${stdout}`);
    return verdicts.map((text, index) => verdictOf(text, out(index)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function verdictOf(text: string, out: string): Verdict {
  const verdict = JSON.parse(text) as { ok: boolean; causes?: string[] };
  return verdict.ok ? { ok: true, lines: linesOf(out) } : { ok: false, causes: verdict.causes ?? [] };
}

/** The lines of a file, without the empty one at its end. */
export function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** A snapshot that the generator wrote, and what it says of it. */
export interface Fixture {
  readonly name: string;
  readonly directory: string;
  readonly line: FlinkLine;
  readonly job: string;
  readonly backend: 'hashmap' | 'rocksdb';
  readonly format: string;
  /** All states, each with whether the State Processor API sees it. */
  readonly states: readonly {
    readonly uid: string;
    readonly kind: string;
    readonly name: string;
    readonly seenBySpa: boolean;
  }[];
  /** What Flink sees in it, a line for each entry. */
  readonly entries: readonly string[];
}

interface Expectation {
  readonly flinkVersion: string;
  readonly job: string;
  readonly backend: 'hashmap' | 'rocksdb';
  readonly format: string;
  readonly operators: readonly {
    readonly uid: string;
    readonly states: readonly { readonly kind: string; readonly name: string; readonly seenBySpa: boolean }[];
  }[];
}

/** All snapshots of `fixtures/savepoints` that were written by one Flink release. */
export function fixturesOf(line: FlinkLine): Fixture[] {
  return readdirSync(SAVEPOINTS)
    .filter((name) => name.includes(`-flink${line}-`))
    .map((name) => fixture(name, line));
}

function fixture(name: string, line: FlinkLine): Fixture {
  const directory = path.join(SAVEPOINTS, name);
  const expectation = JSON.parse(readFileSync(path.join(directory, 'expect.json'), 'utf8')) as Expectation;
  const { job, backend, format, operators } = expectation;
  const states = operators.flatMap(({ uid, states }) => states.map((state) => ({ uid, ...state })));
  const entries = linesOf(path.join(directory, 'expect.entries.ndjson'));
  return { name, directory, line, job, backend, format, states, entries };
}
