import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { after, describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';
import { formatTranscript, parseTranscript, Shell } from './transcript.js';

/*
 * Every `*.txt` beside this file is a session whose output is exact. After a change that is meant,
 *
 *     npm run build && node test/dist/cli/transcripts.test.js --rewrite [NAME]...
 *
 * writes what happens now; the diff is reviewed like code.
 */

const FOLDER = path.join(ROOT, 'test/cli');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));

function rewrite(names: readonly string[]): void {
  for (const name of FILES.filter((file) => names.length === 0 || names.includes(path.parse(file).name))) {
    const shell = new Shell();
    const file = path.join(FOLDER, name);
    const steps = parseTranscript(readFileSync(file, 'utf8'));
    const now = steps.map((step) => ({ ...step, output: shell.run(step.command) }));
    writeFileSync(file, formatTranscript(now));
    shell.remove();
  }
}

function testAll(): void {
  for (const name of FILES) {
    describe(`test/cli/${name}`, () => {
      const shell = new Shell();
      after(() => shell.remove());
      const text = readFileSync(path.join(FOLDER, name), 'utf8');
      const steps = parseTranscript(text);
      test('is written as --rewrite would write it', () => assert.equal(formatTranscript(steps), text));
      for (const { command, output } of steps) {
        test(command, () => assert.equal(shell.run(command), output));
      }
    });
  }
  test('every command has a transcript', () => {
    const index = readFileSync(path.join(ROOT, 'cli/src/commands/index.ts'), 'utf8');
    const names = [...index.matchAll(/name: '([a-z-]+)'/g)].map((match) => `${match[1]}.txt`);
    assert.ok(names.length >= 9);
    for (const file of names) assert.ok(FILES.includes(file), `test/cli/${file} is missing`);
  });
}

const flag = process.argv.indexOf('--rewrite');
if (flag < 0) testAll();
else rewrite(process.argv.slice(flag + 1));
