import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';
import { Tmux } from '../tui/tmux.js';

/* Progress bars of the program in a real terminal: seen, taken away, and nowhere but on stderr. */

const MAIN = path.join(ROOT, 'cli/bin/statewright.js');
const FRAUD = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const OLDER = 'fixtures/savepoints/fraud-detector-flink1.20-rocksdb-savepoint';

/** What each command says it is doing, and what it tells of what it has found. */
const COMMANDS = [
  { words: `stats ${FRAUD} --at 0`, says: /reading .* %.* {2}largest \d+ B [\w-]+\// },
  { words: `lint ${FRAUD} --format json`, says: /reading .* {2}largest / },
  { words: `export ${FRAUD} fraud-detector`, says: /exporting .* {2}\d+ rows?/ },
  { words: `diff ${OLDER} ${FRAUD}`, says: /comparing .* {2}\d+ changes?/ },
  { words: `get ${FRAUD} rules/rules --key limit-1`, says: /searching .* {2}\d+ found/ },
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: the start of a control sequence
const ERASED = /\r\u001b\[K/;

describe('progress in a terminal', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-progress-'));
  after(() => rmSync(folder, { recursive: true }));

  /** Runs a line of a shell in a terminal; gives what was sent to it, and what stands there in the end. */
  async function shown(line: string): Promise<{ sent: string; screen: string }> {
    const sent = path.join(folder, 'sent');
    const go = path.join(folder, 'go');
    rmSync(go, { force: true });
    // The line waits until its output is recorded.
    const waits = `while [ ! -e '${go}' ]; do sleep 0.05; done`;
    const terminal = new Tmux(`cd '${ROOT}'; ${waits}; ${line}; echo over; cat`, 120, 30);
    try {
      terminal.record(sent);
      execFileSync('touch', [go]);
      const screen = await terminal.until((text) => /^over$/m.test(text));
      return { sent: readFileSync(sent, 'utf8'), screen };
    } finally {
      terminal.close();
    }
  }

  for (const { words, says } of COMMANDS) {
    test(`${words.split(' ')[0]}: the bar is drawn on stderr and taken away, a file gets what it always gets`, async () => {
      const file = path.join(folder, 'stdout');
      const { sent, screen } = await shown(`'${process.execPath}' '${MAIN}' ${words} > '${file}'`);
      assert.match(sent, says);
      // After the last bar the line is erased.
      assert.match(sent.slice(sent.lastIndexOf('%')), ERASED);
      assert.equal(screen.trim(), 'over');
      const alone = spawnText(words);
      assert.equal(readFileSync(file, 'utf8'), alone);
    });
  }

  test('on the terminal that gets the result, too, no row of it is lost', async () => {
    const words = `export ${FRAUD} fraud-detector/last-amount --format csv --limit 9`;
    const { screen } = await shown(`'${process.execPath}' '${MAIN}' ${words}`);
    assert.equal(screen.trim(), `${spawnText(words).replaceAll('\r', '')}over`);
  });

  test('not with --quiet', async () => {
    const { sent } = await shown(`'${process.execPath}' '${MAIN}' stats --quiet ${FRAUD} > /dev/null`);
    assert.equal(sent.trim(), 'over');
  });
});

/** What a command prints where no terminal is. */
function spawnText(words: string): string {
  return execFileSync(process.execPath, [MAIN, ...words.split(' ')], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
