import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FLINK_LINES } from './judge.js';

/* Real Flink writes the values of fixtures/kryo as they are committed, and reads in them what is committed. */

const SCRIPT = fileURLToPath(new URL('../../../fixtures/generator/kryo.sh', import.meta.url));

for (const line of FLINK_LINES) {
  test(`Flink ${line} writes and reads every value of fixtures/kryo`, async () => {
    const { stdout } = await promisify(execFile)(SCRIPT, ['check', line], { timeout: 600_000 });
    assert.match(stdout, /^ok \d{3}\n$/);
  });
}
