import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkFrame, openBrowser, SIZES } from './press.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

describe('overview and states', () => {
  for (const size of SIZES) {
    test(`look right at ${size.width}x${size.height}`, async () => {
      const ui = await openBrowser(SNAPSHOT, size);
      checkFrame('overview', ui);
      await ui.press('enter');
      checkFrame('states', ui);
      await ui.press('?');
      checkFrame('help', ui);
    });
  }

  test('every row of a frame fits, down to a tiny terminal', async () => {
    const ui = await openBrowser(SNAPSHOT, { width: 20, height: 6 });
    for (const key of ['down', 'enter', '?', 'escape', ':', 'escape', 'c', 'escape', 'q']) {
      await ui.press(key);
      const rows = ui.frame().split('\n');
      assert.equal(rows.length, 6);
      for (const row of rows) assert.ok(row.length <= 20, row);
    }
  });
});
