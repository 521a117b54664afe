import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSavepoint } from '@statewright/savepoint';
import { AppMachine, frame, plainText, Runtime, SCREENS, type Screen, sessionOf } from '@statewright/tui';
import { ROOT } from '../architecture/source-tree.js';
import { NOW } from './press.js';

/* A defect in one screen ends neither the program nor what was done before. */

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** A screen of which one function fails as told. */
function failing(id: string, broken: Partial<Screen>): Screen {
  return {
    id,
    palette: 'fails',
    keys: [],
    open: () => ({ state: undefined }),
    update: (state) => ({ state }),
    view: () => [{ spans: [{ text: 'shown' }] }],
    title: () => id,
    ...broken,
  };
}

const fail = (): never => {
  throw new TypeError('no \u001b[2J such field\nat line 7');
};

const EFFECT = { label: 'working', run: async () => fail() };

const BROKEN: readonly Screen[] = [
  failing('open-fails', { open: fail }),
  failing('update-fails', { update: fail }),
  failing('view-fails', { view: fail }),
  failing('title-fails', { title: fail }),
  failing('command-fails', { command: fail }),
  failing('effect-fails', { open: () => ({ state: undefined, wishes: { effects: [EFFECT] } }) }),
];

async function openWith(screens: readonly Screen[]): Promise<{ runtime: Runtime; text(): string }> {
  const savepoint = await openSavepoint(`${ROOT}/${SNAPSHOT}`);
  const table = new Map([...SCREENS, ...screens].map((screen) => [screen.id, screen]));
  const session = sessionOf(savepoint, SNAPSHOT, () => NOW, {});
  const machine = new AppMachine(
    session,
    table,
    { width: 80, height: 24 },
    { to: 'overview', args: undefined },
  );
  const runtime = new Runtime(machine, () => {});
  await runtime.idle();
  return { runtime, text: () => plainText(frame(machine.app, machine.context(), table)) };
}

for (const { id } of BROKEN) {
  test(`the browser goes on when a screen fails: ${id}`, async () => {
    const { runtime, text } = await openWith(BROKEN);
    for (const key of [':', ...id, 'enter', 'x', 'c', 'escape']) {
      runtime.press([key]);
      await runtime.idle();
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
      assert.doesNotMatch(text().replaceAll('\n', ''), /[\u0000-\u001f]/);
    }
    for (let i = 0; i < 2 && !text().includes('OPERATOR'); i++) runtime.press(['escape']);
    assert.match(text(), /^OPERATOR/m);
    assert.equal(runtime.machine.app.quit, false);
  });
}

test('what failed is said in one line, and the screen before is back', async () => {
  const { runtime, text } = await openWith(BROKEN);
  runtime.press([':', ...'update-fails', 'enter']);
  assert.match(text(), /shown/);
  runtime.press(['x']);
  assert.match(text(), /^OPERATOR/m);
  assert.equal(text().split('\n').at(-1), 'no \\u001b[2J such field');
  runtime.press(['?', 'escape', ':', ...'view-fails', 'enter']);
  assert.match(text(), /this cannot be shown: no \\u001b\[2J such field/);
});
