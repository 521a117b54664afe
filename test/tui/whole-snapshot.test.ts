import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkFrame, openBrowser, SIZES } from './press.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const OLDER = 'fixtures/savepoints/fraud-detector-flink1.20-rocksdb-savepoint';
const KINDS = 'fixtures/savepoints/zoo-kinds-flink2.3-rocksdb-savepoint';

describe('screens about the whole snapshot', () => {
  for (const size of SIZES) {
    test(`look right at ${size.width}x${size.height}`, async () => {
      const ui = await openBrowser(SNAPSHOT, size);
      await ui.press('s');
      checkFrame('stats', ui);
      await ui.press('enter');
      checkFrame('histogram', ui);
      await ui.press('q', 'q', 'f');
      checkFrame('findings', ui);
      await ui.press('enter');
      checkFrame('finding', ui);
      await ui.press('q', 'q', 'T');
      checkFrame('timers', ui);
      await ui.press('q', 'F');
      checkFrame('files', ui);
      await ui.press('q', 'down', 'enter', 'enter');
      checkFrame('operator-state', ui);
    });

    test(`show what was added, removed and changed at ${size.width}x${size.height}`, async () => {
      for (const [frame, story] of [
        ['diff-kind', 'value-to-list'],
        ['diff-field', 'pojo-field-added'],
      ] as const) {
        const ui = await openBrowser(`fixtures/stories/${story}/flink2.3/current`, size);
        await ui.press('d');
        await ui.type(`fixtures/stories/${story}/flink2.3/previous`);
        await ui.press('enter');
        checkFrame(frame, ui);
        await ui.press('enter');
        checkFrame(`${frame}-state`, ui);
        await ui.press('enter');
        checkFrame(`${frame}-change`, ui);
      }
    });

    test(`compare at ${size.width}x${size.height}`, async () => {
      const ui = await openBrowser(SNAPSHOT, size);
      await ui.press('d');
      await ui.type(OLDER);
      await ui.press('enter');
      checkFrame('diff', ui);
      await ui.press('enter');
      checkFrame('diff-state', ui);
    });
  }

  test('another snapshot of the directory is browsed in the place of the one before, until one goes back', async () => {
    const ui = await openBrowser(SNAPSHOT);
    await ui.press('C', 'down', 'enter');
    const there = ui.frame().split('\n')[1];
    assert.match(there!, /^fixtures\/savepoints\//);
    assert.notEqual(there, SNAPSHOT);
    await ui.press('q', 'q');
    assert.equal(ui.frame().split('\n')[1], SNAPSHOT);
  });

  test('what a mask hides stays hidden among the largest keys', async () => {
    const ui = await openBrowser(SNAPSHOT, { width: 120, height: 40 }, { redact: ['key'] });
    await ui.press('s', 'enter');
    assert.match(ui.frame(), /largest keys +"\*\*\*"/);
    assert.doesNotMatch(ui.frame(), /account-/);
    await ui.press('q', 'q', 'T');
    assert.doesNotMatch(ui.frame(), /account-/);
  });

  test('the share that has expired is counted with the time to live that is given', async () => {
    const ui = await openBrowser(KINDS, { width: 120, height: 40 });
    await ui.press('s');
    assert.match(ui.frame(), /ttl \?/);
    const told = await openBrowser(KINDS, { width: 120, height: 40 }, { ttlMillis: 86_400_000 });
    await told.press('s');
    assert.match(told.frame(), /kinds-with-ttl\/map .* 0 %/);
  });
});
