import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { LocalFileSystem } from '@statewright/bytes';
import { decodeParallel } from '@statewright/savepoint';
import { answerOf } from './answer.js';
import { scratchDirectory, statewright, writeSample } from './cli.js';
import { fixture, ROOT, type Sample, slice, withFile } from './samples.js';

const METADATA = `${ROOT}/_metadata`;
const SAMPLE = slice(fixture('fraud-detector-flink2.3-rocksdb-savepoint'), 'fraud-detector');
const STATE_FILE = [...SAMPLE.files.keys()].find((path) => path !== METADATA)!;
const STATE = 'fraud-detector/last-amount';

/** The sample with one of its files cut in half. */
function cut(path: string): Sample {
  const bytes = SAMPLE.files.get(path)!;
  return { name: SAMPLE.name, files: withFile(SAMPLE, path, bytes.subarray(0, bytes.length >> 1)) };
}

/** One sentence: a code, what was being read, the file and its bytes, the reason; no stack trace. */
const SENTENCE = /^(TRUNCATED|BAD_LENGTH) [^\n]+ at [^\n]+\[\d+\.\.\d+\): [^\n]+[^.\n]\n$/;

const COMMANDS: readonly (readonly string[])[] = [
  ['inspect'],
  ['schema'],
  ['stats'],
  ['export'],
  ['get', STATE, '--key', 'account-7'],
  ['bytes', STATE],
  ['rename', STATE, 'amount', '-o', 'renamed'],
  ['plan', 'plan.yaml'],
  ['apply', 'plan.yaml', '-o', 'applied', '--allow-lossy', '--format', 'json'],
  ['relocate', '-o', 'relocated', '--format', 'json'],
  ['verify'],
];
const READ_STATE = ['stats', 'export', 'rename', 'plan', 'apply', 'relocate'];

describe('every command says what is wrong with a damaged snapshot, in one sentence, and ends with 30', () => {
  for (const [what, path, commands] of [
    ['metadata', METADATA, COMMANDS],
    ['a state file', STATE_FILE, COMMANDS.filter(([name]) => READ_STATE.includes(name!))],
  ] as const) {
    const scratch = scratchDirectory();
    const snapshot = writeSample(cut(path), join(scratch, 'snapshot'));
    writeFileSync(join(scratch, 'plan.yaml'), `version: 1\nsteps:\n  - drop-state: { state: ${STATE} }\n`);
    for (const [command, ...args] of commands) {
      test(`${command}, ${what} cut in half`, async () => {
        const { code, stderr } = await statewright([command!, snapshot, ...args], { cwd: scratch });
        assert.equal(code, 30, stderr);
        assert.match(stderr, SENTENCE);
      });
    }
  }
});

test('several threads tell the same of a damaged snapshot as one', async () => {
  const reducer = new URL('./count-entries.js', import.meta.url).href;
  const options = { reducer, workers: 2 };
  const whole = writeSample(SAMPLE, join(scratchDirectory(), 'whole'));
  const counts = await decodeParallel<number>(whole, options);
  assert.ok(counts.reduce((sum, count) => sum + count, 0) > 0);
  const bytes = SAMPLE.files.get(STATE_FILE)!.slice();
  // In place of the mark that ends the last key group: another state, of which nothing follows.
  bytes.fill(0, bytes.length - 2);
  const damaged = { name: SAMPLE.name, files: withFile(SAMPLE, STATE_FILE, bytes) };
  const directory = writeSample(damaged, join(scratchDirectory(), 'damaged'));
  const alone = await answerOf(new LocalFileSystem(), directory);
  assert.ok(alone.kind === 'error');
  await assert.rejects(decodeParallel<number>(directory, options), {
    name: 'StatewrightError',
    message: alone.message,
  });
});
