import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../architecture/source-tree.js';

/*
 * The committed pairs are what Flink answers today: both lines judge all of them anew, the old jobs' savepoints of 1.20
 * under 2.3 as well, and must answer the same to the last character.
 */

const PAIRS = path.join(ROOT, 'fixtures/judge/pairs.sh');

test('real Flink answers for every committed pair of types what is committed', async () => {
  const { stdout } = await promisify(execFile)(PAIRS, ['check'], { maxBuffer: 1 << 26 });
  assert.equal(stdout, '');
});
