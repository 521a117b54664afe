import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Browser, checkFrame, openBrowser, SIZES } from './press.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** The keys of last-amount: the first state of the largest operator. */
async function openKeys(size: { width: number; height: number } = SIZES[0]): Promise<Browser> {
  const ui = await openBrowser(SNAPSHOT, size);
  await ui.press('enter', 'enter');
  return ui;
}

/** The keys in the list, from the top. */
function keysOf(ui: Browser): string[] {
  return ui
    .frame()
    .split('\n')
    .flatMap((row) => /\b(account-\d+)\b/.exec(row.slice(0, 24))?.[1] ?? []);
}

describe('keys', () => {
  for (const size of SIZES) {
    test(`key groups, keys, a value and its bytes look right at ${size.width}x${size.height}`, async () => {
      const ui = await openBrowser(SNAPSHOT, size);
      await ui.press('enter', 'down', 'down', 'h', 'm');
      checkFrame('key-groups', ui);
      await ui.press('enter');
      checkFrame('keys', ui);
      await ui.press('enter');
      checkFrame('value', ui);
      await ui.press('end', 'x');
      checkFrame('bytes', ui);
    });
  }

  test('are all there, forwards and backwards', async () => {
    const ui = await openKeys({ width: 80, height: 60 });
    const all = keysOf(ui);
    assert.equal(all.length, 35);
    await ui.press('end', 'home');
    assert.deepEqual(keysOf(ui), all);
  });

  test('g goes to a key, and both directions are there from it', async () => {
    const ui = await openKeys();
    await ui.type('gaccount-17');
    await ui.press('enter');
    assert.match(ui.frame().split('\n')[3]!, /account-17/);
    await ui.press('up');
    await ui.press('enter');
    assert.match(ui.frame(), /key: "account-39"/);
  });

  test('g says so when there is no such key', async () => {
    const ui = await openKeys();
    await ui.type('gnobody');
    await ui.press('enter');
    assert.equal(ui.message(), 'no entry has the key nobody');
  });

  test('/ filters by substring, expression or letters; u undoes one filter after the other', async () => {
    const ui = await openKeys();
    await ui.type('/COUNT-1');
    await ui.press('enter');
    assert.ok(keysOf(ui).every((key) => key.startsWith('account-1')));
    await ui.type('/-r 7$');
    await ui.press('enter');
    assert.deepEqual(keysOf(ui), ['account-17']);
    await ui.press('u', 'u');
    await ui.type('/-f at29');
    await ui.press('enter');
    assert.deepEqual(keysOf(ui), ['account-29']);
    await ui.press('u');
    assert.match(ui.frame(), /35 in all/);
    await ui.type('/-r (');
    await ui.press('enter');
    assert.match(ui.message(), /"\(" is no regular expression/);
  });

  test('s sorts what is loaded', async () => {
    const ui = await openKeys();
    await ui.press('s');
    const keys = keysOf(ui);
    assert.deepEqual(keys, [...keys].sort());
  });

  test('y copies the key, and the value as JSON', async () => {
    const ui = await openKeys();
    await ui.press('y', 'enter', 'down', 'y');
    assert.deepEqual(ui.copied, ['account-5', '61.35']);
  });

  test('--redact masks keys and values in every place', async () => {
    const options = { redact: ['key', 'value'] };
    const ui = await openBrowser(SNAPSHOT, SIZES[0], options);
    await ui.press('enter', 'enter');
    assert.doesNotMatch(ui.frame(), /account-|\b\d+\.\d+$/m);
    await ui.press('enter', 'down', 'y');
    assert.doesNotMatch(ui.frame(), /account-|61\.35/);
    assert.deepEqual(ui.copied, ['"***"']);
    await ui.press('x');
    assert.match(ui.message(), /not shown while --redact/);
  });
});
