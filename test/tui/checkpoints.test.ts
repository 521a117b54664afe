import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync, truncateSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';
import { type Browser, checkFrame, NOW, openBrowser, SIZES } from './press.js';

/* A directory as a job leaves it: checkpoints, a savepoint, one that was never completed and one that is damaged. */

const FOLDER = 'test/dist/tui-checkpoints';
const HOUR = 3_600_000;

/** Name, fixture, and hours before the clock of the tests; the fixture is copied. */
const SNAPSHOTS = [
  ['chk-9', 'fraud-detector-flink2.3-hashmap-checkpoint', 5],
  ['chk-10', 'fraud-detector-flink2.3-hashmap-checkpoint-compressed', 3],
  ['savepoint-2a4a1f-e2e0b7a1c7d5', 'fraud-detector-flink2.3-rocksdb-savepoint', 1],
  ['chk-8', 'fraud-detector-flink1.20-hashmap-checkpoint', 30],
] as const;

before(() => {
  rmSync(path.join(ROOT, FOLDER), { recursive: true, force: true });
  for (const [name, fixture, hours] of SNAPSHOTS) {
    const target = path.join(ROOT, FOLDER, name);
    cpSync(path.join(ROOT, 'fixtures/savepoints', fixture), target, { recursive: true });
    if (name === 'chk-8') truncateSync(path.join(target, '_metadata'), 100);
    const time = new Date(NOW - hours * HOUR);
    utimesSync(path.join(target, '_metadata'), time, time);
  }
  mkdirSync(path.join(ROOT, FOLDER, 'chk-11'));
});
after(() => rmSync(path.join(ROOT, FOLDER), { recursive: true }));

/** As `browse DIR`: the newest is open, the list is shown. */
function openList(size: { width: number; height: number } = SIZES[0]): Promise<Browser> {
  return openBrowser(`${FOLDER}/savepoint-2a4a1f-e2e0b7a1c7d5`, size, {
    directory: path.join(ROOT, FOLDER),
  });
}

/** Names in the list, from the top. */
function namesIn(ui: Browser): string[] {
  return ui
    .frame()
    .split('\n')
    .flatMap((row) => /^[* ] {2}((?:chk|savepoint)-\S+)/.exec(row)?.[1] ?? []);
}

describe('snapshots of a directory', () => {
  for (const size of SIZES) {
    test(`look right at ${size.width}x${size.height}`, async () => {
      checkFrame('checkpoints', await openList(size));
    });
  }

  test('are listed newest first, also those that cannot be read', async () => {
    const ui = await openList({ width: 100, height: 24 });
    assert.deepEqual(namesIn(ui), ['savepoint-2a4a1f-e2e0b7a1c7d5', 'chk-10', 'chk-9', 'chk-8']);
    assert.match(ui.frame(), /4 snapshots · 1 without _metadata/);
    await ui.press('G', 'enter');
    assert.match(ui.message(), /^TRUNCATED|^BAD_LENGTH/);
  });

  test('one is browsed as it is called in the directory, and q leads back to the list', async () => {
    const ui = await openList({ width: 100, height: 24 });
    await ui.press('down', 'enter');
    assert.equal(ui.frame().split('\n')[1], `${FOLDER}/chk-10`);
    await ui.press('c');
    assert.match(ui.frame(), new RegExp(`^statewright inspect ${FOLDER}/chk-10$`, 'm'));
    await ui.press('q', 'q');
    assert.equal(namesIn(ui).length, 4);
  });

  test('d tells what has changed since the one under the cursor', async () => {
    const ui = await openList({ width: 100, height: 24 });
    await ui.press('down', 'd');
    const [, old, now] = ui.frame().split('\n');
    assert.equal(old, `- ${FOLDER}/chk-10`);
    assert.equal(now, `+ ${FOLDER}/savepoint-2a4a1f-e2e0b7a1c7d5`);
  });
});
