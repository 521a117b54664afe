import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';
import { Shell } from './transcript.js';

/* Every example that a `--help` shows is run, in a new directory where `fixtures` and `docs` are what they are in the checkout. */

const shell = new Shell();
const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-help-'));
for (const name of ['fixtures', 'docs']) symlinkSync(path.join(ROOT, name), path.join(folder, name));
/** What an example ends with, where that is not 0. */
const CODES: { readonly [command: string]: number } = { plan: 10 };
after(() => {
  shell.remove();
  rmSync(folder, { recursive: true });
});

function commands(): string[] {
  const { stdout } = shell.spawn('statewright --help');
  const list = /^Commands:\n((?: {2}.*\n)+)/m.exec(stdout)![1]!;
  return [...list.matchAll(/^ {2}([a-z-]+)/gm)].map((match) => match[1]!).filter((name) => name !== 'help');
}

function examples(help: string): string[] {
  const block = /^Examples:\n((?: {2}.*\n)+)/m.exec(help)?.[1] ?? '';
  return block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('statewright '));
}

describe('help', () => {
  const names = commands();
  test('lists the commands', () => assert.ok(names.length >= 9, names.join(' ')));

  for (const name of names) {
    const { status, stdout } = shell.spawn(`statewright ${name} --help`);

    test(`${name} --help shows an example`, () => {
      assert.equal(status, 0);
      assert.ok(examples(stdout).length > 0);
    });
    test(`help ${name} says the same`, () => {
      assert.equal(shell.spawn(`statewright help ${name}`).stdout, stdout);
    });
    for (const example of examples(stdout)) {
      test(example, () => {
        const result = shell.spawn(`cd '${folder}' && rm -rf renamed-savepoint && ${example}`);
        assert.equal(result.status, CODES[name] ?? 0, result.stderr);
        assert.notEqual(result.stdout, '');
      });
    }
  }

  test('fits a narrow terminal', () => {
    const { stdout } = shell.spawn('COLUMNS=60 statewright inspect --help');
    const options = stdout.slice(0, stdout.indexOf('Examples:'));
    for (const line of options.split('\n')) assert.ok(line.length <= 60, line);
  });
});
