import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';

/*
 * `check` on changed jobs, from the command line, against what real Flink did with them: `flink*.json` says for each
 * backend whether the new job came up, which lines it saw, and whether its next savepoint succeeded.
 */

interface Truth {
  readonly restored: boolean;
  readonly lines?: readonly string[];
  readonly nextSavepoint?: boolean;
}

type Outcome = 'right' | 'next savepoint fails' | 'other values' | 'refused';

const EXIT_CODES: { readonly [outcome in Outcome]: readonly number[] } = {
  right: [0],
  'next savepoint fails': [20, 21],
  'other values': [21],
  refused: [20],
};

/** What no bytes tell, or what a user wants so: the exit code, and the rule that speaks of it in all cases. */
const EXCEPTIONS: { readonly [story: string]: { readonly exit: number; readonly rule?: string } } = {
  // Byte-identical snapshots: what is inside of a Kryo class is not described.
  'kryo-enum-reordered 1.20 1.20': { exit: 0, rule: 'opaque-value' },
  'kryo-enum-reordered 2.3 2.3': { exit: 0, rule: 'opaque-value' },
  'kryo-field-added 1.20 1.20': { exit: 0, rule: 'opaque-value' },
  'kryo-field-added 2.3 2.3': { exit: 0, rule: 'opaque-value' },
  // Flink's check accepts it; the hashmap backend then dies of a ClassCastException, RocksDB reads other values.
  'list-to-tuple1 1.20 1.20': { exit: 21, rule: 'composite-exchanged' },
  'map-to-tuple2 1.20 1.20': { exit: 21, rule: 'composite-exchanged' },
  // The values of the other fields are right, and the difference is what somebody asked for.
  'pojo-field-added 1.20 1.20': { exit: 0 },
  'pojo-field-added 2.3 2.3': { exit: 0 },
  'pojo-field-added 1.20 2.3': { exit: 0 },
  'pojo-field-removed 1.20 1.20': { exit: 0, rule: 'pojo-field-removed' },
  'pojo-field-removed 2.3 2.3': { exit: 0, rule: 'pojo-field-removed' },
  'pojo-field-removed 1.20 2.3': { exit: 0, rule: 'pojo-field-removed' },
};

const RUNS = [
  { line: '1.20', answer: 'flink.json', target: '1.20' },
  { line: '2.3', answer: 'flink.json', target: '2.3' },
  { line: '1.20', answer: 'flink2.3.json', target: '2.3' },
] as const;
const FOLDER = 'fixtures/stories';
const STORIES = readdirSync(path.join(ROOT, FOLDER), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

function outcome(truth: Truth, before: readonly string[]): Outcome {
  if (!truth.restored) return 'refused';
  const seen = new Set(truth.lines);
  if (!before.every((line) => seen.has(line))) return 'other values';
  return truth.nextSavepoint === true ? 'right' : 'next savepoint fails';
}

function check(story: string, line: string, target: string, backend: string) {
  const [previous, current] = [
    `${FOLDER}/${story}/flink${line}/previous`,
    `${FOLDER}/${story}/flink${target}/current`,
  ];
  const args = [
    ...['cli/dist/main.js', 'check', previous, '--against', current],
    ...['--target', target, '--backend', backend, '--format', 'json'],
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  const { findings } = JSON.parse(stdout) as { findings: readonly { readonly rule: string }[] };
  return { status, rules: findings.map(({ rule }) => rule) };
}

describe('check says what real Flink does', () => {
  for (const story of STORIES) {
    for (const { line, answer, target } of RUNS) {
      const folder = path.join(ROOT, FOLDER, story, `flink${line}`);
      const truths = JSON.parse(readFileSync(path.join(folder, answer), 'utf8')) as {
        [backend: string]: Truth;
      };
      const before = readFileSync(path.join(folder, 'previous.ndjson'), 'utf8').trim().split('\n');
      for (const backend of ['hashmap', 'rocksdb']) {
        test(`${story}: ${line} to ${target}, ${backend}`, () => {
          const flink = outcome(truths[backend]!, before);
          const { status, rules } = check(story, line, target, backend);
          const exception = EXCEPTIONS[`${story} ${line} ${target}`];
          const expected = EXIT_CODES[flink];
          if (exception === undefined || (flink === 'other values' && expected.includes(status!))) {
            assert.ok(expected.includes(status!), `${flink}: ${status} (${rules.join(', ')})`);
            return;
          }
          assert.notEqual(flink, 'right', 'this exception is no longer needed');
          assert.equal(status, exception.exit, `${flink} (${rules.join(', ')})`);
          if (exception.rule !== undefined) assert.ok(rules.includes(exception.rule), rules.join(', '));
        });
      }
    }
  }
});
