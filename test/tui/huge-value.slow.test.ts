import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';

/*
 * A text of 50 MB in one value. No fixture holds it, since it would not fit into the repository: the toolkit loads it into a savepoint of Flink's,
 * in Flink's format, as the tests of `load-state` prove with a restored job.
 */

const SNAPSHOT = path.join(ROOT, 'fixtures/savepoints/zoo-kinds-flink2.3-hashmap-savepoint');
const CHARACTERS = 50_000_000;
/** Megabytes of objects: the text is there once, as it was read, and no copy of it as JSON or as rows. */
const HEAP = 256;

const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-huge-'));
const huge = path.join(folder, 'huge');
before(() => {
  const row = { key: 1, value: `\u001b[2J${'x'.repeat(CHARACTERS - 4)}` };
  writeFileSync(path.join(folder, 'rows.ndjson'), `${JSON.stringify(row)}\n`);
  const plan = path.join(folder, 'plan.yaml');
  writeFileSync(
    plan,
    'version: 1\nsteps:\n  - load-state: { state: kinds/value, from: ./rows.ndjson, duplicates: last }\n',
  );
  const program = path.join(ROOT, 'cli/dist/main.js');
  execFileSync(process.execPath, [program, 'apply', SNAPSHOT, plan, '-o', huge, '--quiet']);
});
after(() => rmSync(folder, { recursive: true }));

/** Presses keys in a process with little memory; gives the frames, of which all rows fit. */
function drive(keys: string): string {
  const press = path.join(ROOT, 'test/dist/tui/press.js');
  const script = `
    import { openBrowser } from ${JSON.stringify(press)};
    import { widthOf } from '@statewright/tui';
    const ui = await openBrowser(${JSON.stringify(huge)});
    for (const key of ${JSON.stringify(keys.split(' '))}) {
      await (key.startsWith('=') ? ui.type(key.slice(1)) : ui.press(key));
      const rows = ui.frame().split('\\n');
      if (rows.length !== 24 || rows.some((row) => widthOf(row) > 80)) throw new Error(key);
      console.log(ui.frame());
    }
    console.log('copied', ui.copied.length);
  `;
  const options = [`--max-old-space-size=${HEAP}`, '--input-type=module', '-e', script];
  return execFileSync(process.execPath, options, { encoding: 'utf8', cwd: ROOT, maxBuffer: 1 << 24 });
}

test('a text of 50 MB is listed, opened, searched in its bytes and not copied', () => {
  const shown = drive(
    'enter down down down down down enter g =1 enter enter j y enter j G x q q q q s enter',
  );
  assert.match(shown, /key: 1$/m);
  assert.match(shown, /value: text\(50000000\) "\\u001b\[2Jx+…$/m);
  assert.match(shown, /more than 74000 characters are too many for a clipboard/);
  assert.match(shown, /\[0 … \d+\]/);
  assert.match(shown, /copied 0/);
});

test('what has changed in it is told by its beginning', () => {
  const shown = drive(`d =${SNAPSHOT} enter enter enter`);
  assert.match(shown, /kinds\/value +differs/);
  assert.match(shown, /"\\u001b\[2Jx+/);
});
