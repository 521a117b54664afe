import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';

test('the pages that are made from tables are up to date', () => {
  const script = path.join(ROOT, 'scripts/docs.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});
