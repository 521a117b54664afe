import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Only with a JDK. */
const FLINK = ['state-processor-api-hashmap', 'state-processor-api-rocksdb'];
/** The same, as the rival of a plan. */
const RETYPE = ['state-processor-api-retype-hashmap', 'state-processor-api-retype-rocksdb'];
const RESCALE = ['state-processor-api-rescale-hashmap', 'state-processor-api-rescale-rocksdb'];

interface Result {
  readonly cases: readonly {
    readonly id: string;
    readonly rows: readonly { readonly id: string; readonly note?: string }[];
    readonly ratios: readonly { readonly label: string; readonly value?: number }[];
  }[];
}

function bench(...args: readonly string[]) {
  const program = path.join(ROOT, 'bench/run.mjs');
  const done = spawnSync(process.execPath, [program, '--quick', '--no-build', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

test('every benchmark runs on a small savepoint and gives all of its rows', () => {
  const { cases } = JSON.parse(bench('--json')) as Result;
  const rows = Object.fromEntries(cases.map(({ id, rows }) => [id, rows.map((row) => row.id)]));
  assert.deepEqual(rows.decode, ['workers-1', 'workers-2', 'processes-2', 'cat', ...FLINK]);
  assert.deepEqual(rows.scan, ['skip-scan', 'stats', 'cat']);
  assert.deepEqual(rows.rename, ['rename', 'cp-sync', 'cp']);
  assert.deepEqual(rows.diff, ['diff-edited', 'diff-same', 'diff-schema', 'decode-both']);
  assert.deepEqual(rows.start, ['inspect-large', 'inspect-small', 'node']);
  assert.deepEqual(rows.check, ['check-large', 'check-small', 'node']);
  assert.deepEqual(rows['migrate-copy'], ['apply-rename-state', 'apply-relocate', 'cp-sync', 'cp']);
  assert.deepEqual(rows['migrate-rewrite'], [
    'apply-retype-field',
    ...RETYPE,
    'apply-set-max-parallelism',
    ...RESCALE,
  ]);
  assert.deepEqual(rows.browse, ['keys-80x24', 'counting-80x24', 'keys-160x50', 'counting-160x50']);
  assert.deepEqual(rows.snappy, ['uncompress', 'compress', 'copy']);
  assert.equal(rows.memory?.length, 10);
  assert.ok(rows.codecs?.includes('POJO of 8 fields (3 strings)'));
  const missing = cases.flatMap((each) => each.rows.filter(({ note }) => note !== undefined));
  assert.deepEqual(
    missing.map(({ id, note }) => [id, note]),
    [...FLINK, ...RETYPE, ...RESCALE].map((id) => [id, 'not measured']),
  );
});

test('the table names each contender and the command to run it', () => {
  const text = bench('--only', 'rename');
  for (const line of ['statewright rename', 'cp -r, sync', '$ cp -r fixtures/savepoints/']) {
    assert.ok(text.includes(line), `${line} is not in\n${text}`);
  }
});
