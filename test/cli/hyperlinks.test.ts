import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';

/* Rule ids as links of a terminal (OSC 8): to a page that is there, and nothing else changes. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence that begins and ends a link
const LINK = /\u001b\]8;;([^\u001b]*)\u001b\\/g;

const COMMANDS = [
  'lint fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint',
  'check fixtures/stories/descriptor-renamed/flink2.3/previous --against fixtures/stories/descriptor-renamed/flink2.3/current',
  'explain kryo-fallback',
  'explain --list',
];

function printed(words: string, force: string): string {
  try {
    return execFileSync(process.execPath, ['cli/bin/statewright.js', ...words.split(' ')], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, COLUMNS: '70', FORCE_HYPERLINK: force },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    // Findings give the exit code.
    return (error as { stdout: string }).stdout;
  }
}

describe('hyperlinks', () => {
  for (const words of COMMANDS) {
    test(`${words.split(' ').slice(0, 2).join(' ')}: each leads to a page that is there, and takes no column`, () => {
      const text = printed(words, '1');
      const targets = [...text.matchAll(LINK)].map((match) => match[1]!).filter((url) => url !== '');
      assert.ok(targets.length > 0);
      for (const url of targets) {
        assert.match(url, /^file:\/\/[^/]+\//);
        assert.ok(existsSync(path.join(new URL(url).pathname)), url);
      }
      assert.equal(text.replace(LINK, ''), printed(words, '0'));
    });
  }
});
