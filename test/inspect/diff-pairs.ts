import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LocalFileSystem } from '@statewright/bytes';
import {
  type DiffOptions,
  type DiffView,
  describer,
  type EntryChange,
  snapshotDiff,
} from '@statewright/inspect';
import { type Operator, openSavepoint, type Savepoint, type State } from '@statewright/savepoint';
import { ROOT } from '../architecture/source-tree.js';

/* What comparisons are tested with: fixtures, and what Flink itself sees in them. */

export const SAVEPOINTS = path.join(ROOT, 'fixtures/savepoints');

/** Fixtures whose entries this release reads and Flink has shown, by the name of their job. */
export function fixturesByJob(): ReadonlyMap<string, readonly string[]> {
  const names = readdirSync(SAVEPOINTS).filter(
    (name) =>
      existsSync(path.join(SAVEPOINTS, name, 'expect.entries.ndjson')) &&
      !/rocksdb-(checkpoint|savepoint-native)|changelog|unaligned/.test(name),
  );
  const jobs = new Map<string, string[]>();
  for (const name of names) {
    const job = name.replace(/-flink.*/, '');
    jobs.set(job, [...(jobs.get(job) ?? []), name]);
  }
  return jobs;
}

/** A fixture, opened with the uids of its job. */
export function openFixture(name: string): Promise<Savepoint> {
  const directory = path.join(SAVEPOINTS, name);
  const uidCandidates = [...new Set(expectedLines(name).map(({ uid }) => uid))];
  return openSavepoint(directory, { relocate: true, uidCandidates });
}

/** A line of what Flink sees. */
export interface Line {
  readonly uid: string;
  readonly operatorId: string;
  readonly kind: string;
  readonly state: string;
  readonly key: unknown;
  readonly namespace: unknown;
  readonly value: unknown;
}

const lines = new Map<string, readonly Line[]>();

/** What Flink sees in a fixture. */
export function expectedLines(name: string): readonly Line[] {
  let known = lines.get(name);
  if (known === undefined) {
    known = readLines(path.join(SAVEPOINTS, name, 'expect.entries.ndjson'));
    lines.set(name, known);
  }
  return known;
}

/** A file of lines that Flink has seen. */
export function readLines(file: string): readonly Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

interface Expected {
  readonly operators: readonly {
    readonly operatorId: string;
    readonly states: readonly { readonly name: string; readonly entries: number | null }[];
  }[];
}

/** Whether Flink could show the entries of a state; of CEP's it cannot. */
export function isShown(name: string, { operator, name: state }: State): boolean {
  const text = readFileSync(path.join(SAVEPOINTS, name, 'expect.json'), 'utf8');
  const { operators } = JSON.parse(text) as Expected;
  const states = operators.find(({ operatorId }) => operatorId === operator.id)?.states ?? [];
  return states.some((each) => each.name === state && each.entries !== null);
}

/** Compares two open snapshots, and gives all of it. */
export async function diffOf(
  old: Savepoint,
  now: Savepoint,
  options: Partial<DiffOptions> = {},
): Promise<DiffView> {
  const diff = await snapshotDiff(
    { savepoint: old, path: 'old', describe: describer() },
    { savepoint: now, path: 'new', describe: describer() },
    {
      limit: Number.POSITIVE_INFINITY,
      scratch: { fs: new LocalFileSystem(), directory: '/nowhere', budget: 1 << 26 },
      ...options,
    },
  );
  const changes: EntryChange[] = [];
  for await (const batch of diff.changes()) changes.push(...batch);
  return diff.view(changes);
}

/** A snapshot in which one state is called `operator/state`, so that it can be compared with any other. */
export function callingIt(savepoint: Savepoint, state: State): Savepoint {
  const operator = { ...state.operator, id: 'f'.repeat(32), uid: 'operator' } as Operator & {
    states: State[];
  };
  operator.states = state.operator.states.map((each, i) => ({
    ...each,
    operator,
    name: each === state ? 'state' : `other ${i}`,
  }));
  return { ...savepoint, operators: [operator] };
}
