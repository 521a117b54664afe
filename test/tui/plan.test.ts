import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { answer, choose, savePlan } from './plan-keys.js';
import { type Browser, checkFrame, openBrowser, SIZES } from './press.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const STEPS = [
  '  - rename-operator: { operator: fraud-detector, to: fraud-detector-v2 }',
  '  - rename-state: { state: fraud-detector-v2/last-amount, to: last-amount-new }',
];

const folder = mkdtempSync(path.join(tmpdir(), 'statewright-plan-'));
after(() => rmSync(folder, { recursive: true }));

/** Renames the largest operator, then its first state, and shows the plan. */
async function draft(size: { width: number; height: number }): Promise<Browser> {
  const ui = await openBrowser(SNAPSHOT, size);
  await ui.type('r-v2');
  await ui.press('enter', 'enter');
  await ui.type('r-new');
  await ui.press('enter');
  await ui.type(':plan');
  await ui.press('enter');
  return ui;
}

/** The steps as they are saved. */
async function stepsOf(ui: Browser): Promise<readonly string[]> {
  return (await savePlan(ui)).trimEnd().split('\n').slice(2);
}

describe('plan', () => {
  for (const size of SIZES) {
    test(`and its preview look right at ${size.width}x${size.height}`, async () => {
      const ui = await draft(size);
      checkFrame('plan', ui);
      await ui.press('p');
      checkFrame('preview', ui);
      await ui.press('q', 'e', 'down');
      checkFrame('step-edit', ui);
    });
  }

  test('calls an operator as the steps before have renamed it, and saves what plan and apply take', async () => {
    assert.deepEqual(await stepsOf(await draft(SIZES[0])), STEPS);
  });

  test('how many steps there are is told on every screen', async () => {
    const ui = await draft(SIZES[0]);
    for (const keys of [['q'], ['enter'], ['enter'], ['?']]) {
      await ui.press(...keys);
      assert.match(ui.frame().split('\n')[0]!, / {2}plan: 2$/);
    }
  });

  test('p tells counts of what would change, and d takes a step out', async () => {
    const ui = await draft({ width: 100, height: 60 });
    await ui.press('p');
    assert.match(ui.frame(), /nothing was written: 5 states would change/);
    assert.match(ui.frame(), /> fraud-detector-v2\/last-amount-new +value +35 +691 B/);
    await ui.press('escape', 'd', 'd');
    assert.match(ui.frame(), /no steps yet/);
  });

  test('J and K move steps, u takes each change back', async () => {
    const ui = await draft(SIZES[0]);
    await ui.press('J');
    // The state's operator is called so only behind the step that renames it.
    assert.match(ui.frame(), /2 steps · step 1 does not fit the snapshot/);
    await ui.press('up');
    assert.match(ui.frame(), /no state is called .*fraud-detector-v2\/last-amount/);
    await ui.press('a');
    assert.match(ui.message(), /does not fit/);
    await ui.press('down', 'K', 'd', 'u', 'u', 'u');
    assert.match(ui.frame(), /2 steps · changes metadata only/);
    assert.deepEqual(await stepsOf(ui), STEPS);
  });

  test('options of a step are changed one by one; what does not fit is refused', async () => {
    const ui = await draft(SIZES[0]);
    await ui.press('down', 'e', 'down', 'enter');
    await answer(ui, 'tx-count');
    assert.match(ui.frame(), /two states would be called fraud-detector-v2\/tx-count/);
    await answer(ui, 'amount');
    assert.match(ui.message(), /step 2 is changed/);
    await ui.press('q');
    assert.deepEqual(await stepsOf(ui), [STEPS[0], STEPS[1]!.replace('last-amount-new', 'amount')]);
  });

  test('o takes the steps of a file, and says line and column of what is wrong in one', async () => {
    const ui = await draft({ width: 120, height: 30 });
    const [good, bad] = ['good.yaml', 'bad.yaml'].map((name) => path.join(folder, name)) as [string, string];
    writeFileSync(good, 'version: 1\nsteps:\n  - drop-state:\n      state: fraud-detector/tx-count\n');
    writeFileSync(bad, 'version: 1\nsteps:\n  - drop-stat: { state: a/b }\n');
    await ui.press('o');
    await answer(ui, bad);
    assert.match(ui.message(), /bad\.yaml:3:5.*drop-state/);
    assert.deepEqual(await stepsOf(ui), STEPS);
    await ui.press('o');
    await answer(ui, good);
    assert.match(ui.frame(), /1 step · loses values/);
    assert.deepEqual(await stepsOf(ui), ['  - drop-state: { state: fraud-detector/tx-count }']);
    await ui.press('u');
    assert.match(ui.frame(), /2 steps/);
  });

  test('w overwrites nothing', async () => {
    const ui = await draft(SIZES[0]);
    const file = path.join(folder, 'taken.yaml');
    writeFileSync(file, 'mine');
    await ui.press('w');
    await answer(ui, file);
    assert.match(ui.message(), /ALREADY_EXISTS/);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  test('no sample and no key is shown while --redact masks values', async () => {
    const ui = await openBrowser(SNAPSHOT, { width: 160, height: 60 }, { redact: ['key'] });
    await ui.press('enter', 'down', '+');
    await choose(ui, 'map-values');
    await answer(ui, 'value * 2');
    await ui.type(':plan');
    await ui.press('enter', 'p');
    assert.match(ui.frame(), /nothing was written: 1 state would change/);
    assert.doesNotMatch(ui.frame(), /account-/);
  });
});
