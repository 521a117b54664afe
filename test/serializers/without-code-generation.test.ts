import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

for (const tests of ['flink-values', 'opaque', 'hostile']) {
  test(`where code from strings is forbidden, closures do the same: ${tests}`, () => {
    const script = fileURLToPath(new URL(`./${tests}.test.js`, import.meta.url));
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const run = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', script], {
      env,
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stdout.slice(-2000) + run.stderr);
    assert.match(run.stdout, /[#ℹ] fail 0/);
  });
}
