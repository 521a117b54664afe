import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { LocalFileSystem, type StatewrightError } from '@statewright/bytes';
import { exportLines, textLines } from '@statewright/inspect';
import { openSavepoint, type Savepoint, type State } from '@statewright/savepoint';
import { FIXTURES } from '../savepoint/corpus.js';
import { type Migrated, migrate, type Shown } from './in-memory.js';

/* Files to load, in a directory of their own. */

export const FRAUD = 'fraud-detector-flink2.3-hashmap-savepoint';
export const TYPES = 'zoo-types-flink2.3-hashmap-savepoint';
export const POJOS = 'zoo-pojos-flink2.3-hashmap-savepoint';
export const KINDS = 'zoo-kinds-flink2.3-hashmap-savepoint';

let directory = '';
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'load-'));
});
after(() => rm(directory, { recursive: true }));

const pathOf = (name: string) => join(directory, name);

/** Loads a file into a new state of the fraud detector, or wherever the last argument says. */
export async function load(
  file: string,
  text: string | Uint8Array,
  options: string,
  { fixture = FRAUD, state = 'fraud-detector/new' } = {},
): Promise<Migrated> {
  await writeFile(pathOf(file), text);
  const plan = `  - load-state: { state: ${state}, from: ./${file}, ${options} }`;
  return migrate(fixture, plan, state, { pathOf, nowMillis: 1_000n });
}

export async function refused(
  file: string,
  text: string | Uint8Array,
  options: string,
  place = {},
): Promise<string> {
  const error = await load(file, text, options, place).then(
    () => assert.fail('nothing was thrown'),
    (thrown: StatewrightError) => thrown,
  );
  return error.message ?? String(error);
}

export function pairs(entries: readonly Shown[]): unknown[] {
  return entries.map(({ key, value }) => [key, value]);
}

export async function* exported(
  savepoint: Savepoint,
  state: State,
  flatten: boolean,
): AsyncGenerator<string> {
  const scratch = { fs: new LocalFileSystem(), directory, budget: 1 << 20 };
  for await (const chunk of exportLines(savepoint, [state], { scratch, flatten })) yield* textLines(chunk);
}

export async function find(fixture: string, address: string): Promise<{ state: State; lines: string[] }> {
  const savepoint = await openSavepoint(join(FIXTURES, fixture));
  const [uid, ...name] = address.split('/');
  const operator = savepoint.operators.find((one) => one.uid === uid)!;
  const state = operator.states.find((one) => one.name === name.join('/'))!;
  const lines: string[] = [];
  for await (const line of exported(savepoint, state, false)) lines.push(line);
  return { state, lines };
}
