import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guarded } from './guard.js';

test('the guard tells a hang, and which case it was', async () => {
  await assert.rejects(guarded('hangs', undefined, 5_000), /the case that hangs: .*it hung/);
});

test('the guard tells memory beyond 200 MB', async () => {
  await assert.rejects(guarded('eatsMemory', undefined), /eatsMemory took \d+ MB/);
});

test('the guard tells an error that is not typed', async () => {
  await assert.rejects(guarded('trusts', undefined), /the case that trusts: TypeError/);
});

test('the guard goes on after all that', async () => {
  assert.equal(await guarded('bomb', { name: 'a list of 2 GB' }), 'BAD_LENGTH');
});
