import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { displayWidth } from '@statewright/report';
import { ROOT } from '../architecture/source-tree.js';

/* What the program prints fits the page, whatever its width: a terminal would break rows, and columns would not stand below each other. */

const MAIN = path.join(ROOT, 'cli/bin/statewright.js');
const FRAUD = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const KINDS = 'fixtures/savepoints/zoo-kinds-flink2.3-rocksdb-savepoint';
const POJOS = 'fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint';
const STORY = 'fixtures/stories/descriptor-renamed/flink2.3';

const COMMANDS = [
  `inspect ${KINDS}`,
  `schema ${POJOS}`,
  `stats ${KINDS} --ttl 7d --at 0`,
  `check ${STORY}/previous --against ${FRAUD}`,
  `lint ${POJOS}`,
  `diff ${FRAUD} ${STORY}/current`,
  `diff ${FRAUD} ${STORY}/current --stat`,
  `bytes ${FRAUD}`,
  `plan ${FRAUD} test/cli/plans/filter.yaml`,
  `verify ${FRAUD}`,
  'explain --list',
  'explain kryo-fallback',
];

/** Paths, ids of rules, and commands to go on with stay whole: so that they can be copied. */
const WHOLE =
  /^ *(at |before |plan |against |--- |\+\+\+ )?(fixtures|test)\/\S+( |$)|next: statewright |^an entry of |^(error|warning|note) +[a-z-]+$/;

function printed(words: string, width: number): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words.split(' ')], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, COLUMNS: String(width) },
  });
  assert.notEqual(stdout, '', stderr);
  return stdout.split('\n');
}

describe('pages', () => {
  for (const width of [40, 80, 120, 200]) {
    test(`of ${width} columns: no row is wider`, () => {
      for (const words of COMMANDS) {
        const wide = printed(words, width).filter((line) => displayWidth(line) > width && !WHOLE.test(line));
        assert.deepEqual(wide, [], words);
      }
    });
  }

  test('the narrowest leave out what matters least: bytes in hex before their meaning', () => {
    assert.ok(printed(`bytes ${FRAUD}`, 80).some((line) => line.includes('49 60 67 2d')));
    const narrow = printed(`bytes ${FRAUD}`, 40);
    assert.ok(!narrow.some((line) => line.includes('49 60 67 2d')));
    assert.ok(narrow.some((line) => line.includes('metadata version')));
  });
});
