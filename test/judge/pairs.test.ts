import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../architecture/source-tree.js';
import { FLINK_LINES } from './judge.js';

/*
 * The committed pairs are what Flink answers today: both lines judge all of them anew, the old jobs' savepoints of 1.20
 * under 2.3 as well, and must answer the same to the last character. And real jobs find in a sample of them what the
 * backends alone have found.
 */

const PAIRS = path.join(ROOT, 'fixtures/judge/pairs.sh');

async function pairs(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(PAIRS, args, { maxBuffer: 1 << 26 });
  return stdout;
}

test('real Flink answers for every committed pair of types what is committed', async () => {
  assert.equal(await pairs('check'), '');
});

for (const line of FLINK_LINES) {
  test(`real jobs of Flink ${line} find the same in a sample of more than 200 pairs`, async () => {
    const found = /^(\S+): (\d+) pairs in \d+ jobs, 0 differences\n$/.exec(await pairs('restore', line));
    assert.ok(found !== null && found[1] === line && Number(found[2]) > 200);
  });
}
