import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Browser, checkFrame, openBrowser, SIZES } from './press.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

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

describe('plan', () => {
  for (const size of SIZES) {
    test(`looks right at ${size.width}x${size.height}`, async () => {
      checkFrame('plan', await draft(size));
    });
  }

  test('calls an operator as the steps before have renamed it, and saves what plan and apply take', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'statewright-plan-'));
    try {
      const ui = await draft(SIZES[0]);
      await ui.press('w', 'ctrl+u');
      await ui.type(path.join(directory, 'own.yaml'));
      await ui.press('enter');
      assert.equal(
        readFileSync(path.join(directory, 'own.yaml'), 'utf8'),
        [
          'version: 1',
          'steps:',
          '  - rename-operator: { operator: fraud-detector, to: fraud-detector-v2 }',
          '  - rename-state: { state: fraud-detector-v2/last-amount, to: last-amount-new }',
          '',
        ].join('\n'),
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test('p tells what would change, and d takes a step out', async () => {
    const ui = await draft({ width: 100, height: 60 });
    await ui.press('p');
    assert.match(ui.frame(), /fraud-detector-v2\/last-amount-new/);
    assert.doesNotMatch(ui.frame(), /cannot be carried out/);
    await ui.press('escape', 'd', 'd');
    assert.match(ui.frame(), /no steps yet/);
  });
});
