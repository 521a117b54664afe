import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { answer } from './plan-keys.js';
import { type Browser, openBrowser, SIZES } from './press.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const folder = mkdtempSync(path.join(tmpdir(), 'statewright-run-'));
after(() => rmSync(folder, { recursive: true }));

/** A plan with one step, on the screen: drops (`D`) or renames (`r`) the first state of the largest operator. */
async function planned(key: 'D' | 'r', size: { width: number; height: number } = SIZES[1]): Promise<Browser> {
  const ui = await openBrowser(SNAPSHOT, size);
  await ui.press('enter', key);
  if (key === 'r') await answer(ui, 'amount');
  await ui.type(':plan');
  await ui.press('enter');
  return ui;
}

describe('applying the plan', () => {
  test('writes a new snapshot, which is verified and opened', async () => {
    const ui = await planned('r');
    const output = path.join(folder, 'renamed');
    await ui.press('a');
    await answer(ui, output);
    assert.match(ui.frame(), /done: .*renamed is whole: 1 state changed, 7 files, 16 kB/);
    assert.ok(existsSync(path.join(output, '_metadata')));
    await ui.press('v');
    assert.match(ui.frame(), /sound, and what the plan makes of its source: 12 kB read/);
    await ui.press('enter', 'enter');
    assert.match(ui.frame(), /› renamed › fraud-detector$/m);
    assert.match(ui.frame(), /^amount +value/m);
  });

  test('is refused where something is there', async () => {
    const ui = await planned('r');
    const output = path.join(folder, 'taken');
    mkdirSync(output);
    mkdirSync(path.join(output, 'mine'));
    await ui.press('a');
    await answer(ui, output);
    assert.match(ui.frame(), /ALREADY_EXISTS.*taken.* exists and nothing is ever overwritten/);
    assert.deepEqual(readdirSync(output), ['mine']);
    // There is nothing to open or verify.
    await ui.press('enter', 'v');
    assert.match(ui.frame().split('\n')[0]!, /apply {2}plan: 1$/);
  });

  test('loses values only when that is said to be meant', async () => {
    const ui = await planned('D');
    const output = path.join(folder, 'lossy');
    await ui.press('a');
    await answer(ui, output);
    assert.match(ui.message(), /this plan loses values; type yes to allow it/);
    await answer(ui, 'y');
    assert.equal(ui.message(), 'nothing was written');
    assert.equal(existsSync(output), false);
    await ui.press('a');
    await answer(ui, output, 'yes');
    assert.match(ui.frame(), /done: .*lossy is whole/);
    assert.match(ui.frame(), /lost: /);
  });

  test('stops when that is asked for twice: nothing can be loaded, and the next run goes on', async () => {
    const ui = await planned('r');
    const output = path.join(folder, 'stopped');
    await ui.press('a', 'ctrl+u');
    await ui.type(output);
    // In one go, so that the run has not got far.
    ui.runtime.press(['enter', 'escape']);
    assert.match(ui.message(), /once more stops it/);
    assert.match(ui.frame(), /applying the plan/);
    ui.runtime.press(['escape']);
    await ui.press();
    await ui.type('');
    assert.match(ui.frame(), /STOPPED/);
    assert.match(ui.frame(), /nothing in .*stopped can be loaded/);
    assert.equal(existsSync(path.join(output, '_metadata')), false);
    await ui.press('q', 'a');
    await answer(ui, output);
    assert.match(ui.frame(), /done: .*stopped is whole/);
  });

  test('is not ended by other keys than those that leave', async () => {
    const ui = await planned('r');
    await ui.press('a', 'ctrl+u');
    await ui.type(path.join(folder, 'kept'));
    ui.runtime.press(['enter', 'escape', 'j', 'escape']);
    await ui.type('');
    assert.match(ui.frame(), /done: .*kept is whole/);
  });
});
