import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Fixture, Request } from './judge.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** A rename as it is typed: of a state, `OPERATOR/OLD` to NEW, or of an operator, its uid to NEW. */
export interface Rename {
  readonly what: string;
  readonly command: 'rename' | 'rename-operator';
  readonly from: string;
  readonly to: string;
}

/** Runs `statewright rename` or `rename-operator` on a fixture. */
export async function writeRenamed(
  fixture: Fixture,
  { command, from, to }: Rename,
  output: string,
): Promise<void> {
  const uids = [...new Set(fixture.states.map(({ uid }) => uid))].join(',');
  const main = path.join(ROOT, 'cli/dist/main.js');
  const args = [command, fixture.directory, from, to, '-o', output, '--uid-candidates', uids, '--quiet'];
  await promisify(execFile)(process.execPath, [main, ...args]);
}

/** The request to restore the renamed snapshot into the job, which has been renamed too. */
export function requestOf(fixture: Fixture, { command, from, to }: Rename, snapshot: string): Request {
  const names = { [from]: to };
  const renames = command === 'rename' ? { renameStates: names } : { renameOperators: names };
  return { job: fixture.job, backend: fixture.backend, snapshot, ...renames };
}

interface Entry {
  readonly uid: string;
  readonly operatorId: string;
  readonly state: string;
}

/** A line in a form that can be compared: parsed, and without the id of the operator, which hangs on its uid. */
export function comparable(line: string): string {
  const { operatorId, ...rest } = JSON.parse(line) as Entry;
  assert.match(operatorId, /^[0-9a-f]{32}$/);
  return JSON.stringify(rest);
}

/** What Flink must see after a rename: every entry, under its new name. */
export function expectedLines(fixture: Fixture, { command, from, to }: Rename): string[] {
  return fixture.entries.map((line) => {
    const entry = JSON.parse(line) as Entry;
    const renamedState = command === 'rename' && `${entry.uid}/${entry.state}` === from;
    const renamedOperator = command === 'rename-operator' && entry.uid === from;
    const renamed = {
      ...entry,
      state: renamedState ? to : entry.state,
      uid: renamedOperator ? to : entry.uid,
    };
    return comparable(JSON.stringify(renamed));
  });
}
