import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { SCREENS } from '@statewright/tui';
import { ROOT } from '../architecture/source-tree.js';

/* What docs/browse.md says of plans is what the tests hold the program to. */

const PAGE = readFileSync(path.join(ROOT, 'docs/browse.md'), 'utf8');

/** A text without empty rows, which the page leaves out. */
function rows(text: string): string {
  return text
    .split('\n')
    .filter((row) => row !== '')
    .join('\n');
}

describe('docs/browse.md', () => {
  const frames = [...PAGE.matchAll(/```text\n([^`]*)```/g)].map(([, text]) => rows(text!));
  for (const name of ['step', 'schema-planned', 'plan', 'preview']) {
    test(`shows the frame "${name}" as it is`, () => {
      const file = path.join(ROOT, `test/tui/frames/${name}-80x24.txt`);
      assert.ok(
        frames.includes(rows(readFileSync(file, 'utf8'))),
        `copy ${name}-80x24.txt to docs/browse.md`,
      );
    });
  }

  test('names every key of the screens about plans', () => {
    const keys = PAGE.slice(PAGE.indexOf('## Keys'), PAGE.indexOf('## Questions'));
    for (const id of ['schema', 'plan', 'run']) {
      for (const { keys: own, does } of SCREENS.find((screen) => screen.id === id)!.keys) {
        assert.ok(keys.includes(`\`${own}\``), `${id}: ${own} ${does}`);
      }
    }
  });
});
