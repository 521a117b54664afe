import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  apply,
  type Failure,
  inScratch,
  judgeMigrations,
  knownFailures,
  leave,
  migrate,
  ROUTES,
  trialsOf,
} from './migrations.js';

/*
 * A migration is right when real Flink restores its result into the job after the change, which has the new classes only,
 * and that job sees what plain Java has planned: with both backends, at several parallelisms, with all timers firing, and
 * takes its next savepoint.
 */

function expectOnly(found: readonly Failure[], known: readonly string[]): void {
  const unknown = found.filter(({ trial }) => !known.includes(trial));
  assert.deepEqual(unknown, [], 'migrations that fail');
  const names = found.map(({ trial }) => trial);
  const fixed = known.filter((trial) => !names.includes(trial));
  assert.deepEqual(fixed, [], 'migrations of known-failures.json that do not fail');
}

for (const route of ROUTES) {
  const trials = trialsOf(route).filter(({ row }) => row.refused === undefined);

  test(`Flink restores each migrated savepoint into the new job, which sees what is planned: ${route}`, () =>
    inScratch(async (folder) => {
      const refused = await migrate(trials, folder);
      const known = knownFailures().map(({ trial }) => trial);
      expectOnly(
        [...refused, ...(await judgeMigrations(trials, folder))],
        known.filter((trial) => trial.startsWith(`${route}/`)),
      );
    }));
}

for (const trial of ROUTES.flatMap(trialsOf).filter(({ row }) => row.refused !== undefined)) {
  test(`apply refuses ${trial.row.name} and writes nothing that can be loaded: ${trial.route}`, () =>
    inScratch(async (folder) => {
      const output = path.join(folder, 'out');
      assert.match((await apply(trial, output)) ?? 'not refused', new RegExp(trial.row.refused!));
      assert.ok(!existsSync(path.join(output, '_metadata')), 'something was written');
    }));
}

/** Flink itself leaves out fields, and states, that a job no longer has. */
const NO_PLAN_NEEDED = ['drop-field', 'drop-state', 'drop-state.native'];

test('no new job sees what is planned in a savepoint that was not migrated, but for what Flink drops itself', () =>
  inScratch(async (folder) => {
    const trials = trialsOf('1.20').filter(({ row }) => row.refused === undefined);
    leave(trials, folder);
    const failures = (await judgeMigrations(trials, folder)).map(({ trial }) => trial);
    const right = trials.filter(({ route, folder: name }) => !failures.includes(`${route}/${name}`));
    assert.deepEqual(
      right.map(({ folder: name }) => name),
      NO_PLAN_NEEDED,
    );
  }));
