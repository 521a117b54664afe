import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';
import { blocksOf, type Page, pages } from './markdown.js';

/*
 * What the documentation shows is what happens: sessions (```console) are run and compared with their output, code
 * (```js) is run. STATEWRIGHT_REWRITE=1 writes what happened into the page instead; the diff is reviewed like code.
 */

/** The fixture that stands in for the reader's own savepoint. */
const SAVEPOINT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'statewright-docs-'));
after(() => {
  rmSync(scratch, { recursive: true });
});

/** The words of a command line, quotes taken off. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** Folders of this run, wherever they lie. */
const FOLDERS: readonly string[] = ['renamed', 'migrated'];

/** Runs what stands behind `$ npx statewright`. */
function outputOf(line: string): string {
  const args = wordsOf(line).map((word) => (FOLDERS.includes(word) ? path.join(scratch, word) : word));
  const main = path.join(ROOT, 'cli/dist/main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.equal(status, 0, `statewright ${line} ended with ${status}: ${stderr}`);
  return stdout.replaceAll(`${scratch}${path.sep}`, '');
}

/** A session as it runs now, in the form in which it stands in a page. */
function replay(session: string): string {
  const commands = [...session.matchAll(/^\$ npx statewright (.*)$/gm)].map((match) => match[1] ?? '');
  assert.ok(commands.length > 0, 'a session without a command');
  const lines = commands.map((line) => `$ npx statewright ${line}\n${outputOf(line)}`);
  return lines.join('\n').replace(/[ \t]+$/gm, '');
}

function runCode(code: string): ReturnType<typeof spawnSync> {
  const text = code.replace(/'path\/to\/savepoint'/g, JSON.stringify(SAVEPOINT));
  return spawnSync(process.execPath, ['--input-type=module', '-e', text], { cwd: ROOT, encoding: 'utf8' });
}

function testSession(page: Page, session: string): void {
  const now = replay(session);
  if (process.env.STATEWRIGHT_REWRITE === '1') {
    writeFileSync(
      path.join(ROOT, page.path),
      page.text.replace(session, () => now),
    );
    return;
  }
  assert.equal(session, now, 'the page shows something else than what happens');
}

for (const page of pages()) {
  const sessions = blocksOf(page, 'console');
  const codes = blocksOf(page, 'js');
  if (sessions.length + codes.length === 0) continue;
  describe(page.path, () => {
    for (const [index, session] of sessions.entries()) {
      test(`session ${index + 1} prints what it shows`, () => testSession(page, session));
    }
    for (const [index, code] of codes.entries()) {
      test(`code ${index + 1} runs`, () => {
        const { status, stdout, stderr } = runCode(code);
        assert.equal(status, 0, String(stderr));
        assert.notEqual(stdout, '');
      });
    }
  });
}
