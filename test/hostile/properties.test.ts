import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guarded } from './guard.js';
import { PROPERTY_NAMES } from './properties.js';

const SEED = 20_260_114;
const RUNS = 3000;
/** Those that open whole savepoints cost more. */
const SAVEPOINT_RUNS = 600;

for (const name of PROPERTY_NAMES) {
  test(`${name}: a typed error or a value`, async () => {
    const runs = /any keyed|any operator/.test(name) ? SAVEPOINT_RUNS : RUNS;
    assert.equal(await guarded<string | undefined>('property', { name, seed: SEED, runs }), undefined);
  });
}
