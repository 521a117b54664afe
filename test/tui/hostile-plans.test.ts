import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { drive, HOSTILE_TEXT, home, hostilePojos } from './hostile.js';
import { type Browser, openBrowser, SIZES } from './press.js';

/*
 * Plans put together over names that would steer a terminal, with answers that would: types, questions, the plan, its preview, and runs.
 */

const HOSTILE = 'fixtures/savepoints/zoo-hostile-flink2.3-hashmap-savepoint-compressed';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'statewright-hostile-plans-'));
after(() => rmSync(scratch, { recursive: true }));

/** Answers a question in place of what stands there. */
const SAY = `ctrl+u =${HOSTILE_TEXT} home end enter`;

const isAsked = (ui: Browser): boolean => ui.runtime.machine.app.prompt !== undefined;
const depthOf = (ui: Browser): number => ui.runtime.machine.app.stack.length;

async function backTo(ui: Browser, depth: number): Promise<void> {
  while (depthOf(ui) > depth || isAsked(ui)) await drive(ui, 'escape');
}

/** Chooses every step that fits the row under the cursor, and answers its questions; gives how many fit. */
async function askEverything(ui: Browser): Promise<number> {
  const depth = depthOf(ui);
  await drive(ui, '+');
  if (depthOf(ui) === depth) return 0;
  const { verbs } = ui.runtime.machine.app.stack.at(-1)!.state as { verbs: readonly unknown[] };
  await drive(ui, 'escape');
  for (let verb = 0; verb < verbs.length; verb++) {
    await drive(ui, ['+', ...Array.from({ length: verb }, () => 'j'), 'enter'].join(' '));
    for (let question = 0; question < 4 && isAsked(ui); question++) await drive(ui, SAY);
    // What was taken is undone, so that each step is asked for on the same types.
    await backTo(ui, depth);
    if (ui.runtime.machine.session.draft.steps.length > 0) {
      await drive(ui, ': =plan enter c down up d escape');
    }
  }
  return verbs.length;
}

/** The plan of what is there now: looked at, edited, tried, saved, applied, verified and opened. */
async function walkPlan(ui: Browser, name: string): Promise<string> {
  const file = path.join(scratch, `${name}-\u001b[2J\u202e.yaml`);
  const output = path.join(scratch, `${name}-\u001b[31m\u202e宽`);
  await drive(ui, ': =plan enter ? escape c j k');
  const plan = depthOf(ui);
  await drive(ui, `e j enter ${SAY}`);
  await backTo(ui, plan);
  const seen = [
    await drive(ui, 'home J u home d u'),
    await drive(ui, `w ctrl+u =${file} enter w ctrl+u =${HOSTILE_TEXT} enter o ctrl+u =${file} enter`),
    await drive(ui, 'p pagedown pagedown end home c escape'),
    await drive(ui, `a ctrl+u =${output} enter`),
  ];
  if (isAsked(ui)) seen.push(await drive(ui, '=yes enter'));
  seen.push(await drive(ui, 'pagedown end home v pagedown end home'));
  assert.ok(existsSync(path.join(output, '_metadata')), ui.frame());
  seen.push(await drive(ui, 'enter t c escape'));
  return seen.join('\n');
}

describe('plans over hostile names', () => {
  for (const size of SIZES) {
    const name = `${size.width}x${size.height}`;
    test(`ask, try and run safely at ${name}`, async () => {
      const ui = await openBrowser(HOSTILE, size);
      let fitting = 0;
      for (const place of ['home', 'j', 'enter', 'enter j', 't', 't j j', 'enter t j j enter j']) {
        await drive(ui, place);
        fitting += await askEverything(ui);
        await home(ui);
      }
      assert.ok(fitting > 20, `${fitting}`);
      assert.deepEqual(ui.runtime.machine.session.draft.steps, []);
      await drive(ui, `r ${SAY} escape enter r ${SAY} escape j D escape`);
      const seen = await walkPlan(ui, name);
      assert.match(seen, /^done: /m);
    });
  }

  test('and over hostile classes and fields', async () => {
    const ui = await openBrowser(hostilePojos(scratch));
    await drive(ui, ': =schema enter j j j j j enter j j');
    assert.ok((await askEverything(ui)) > 0);
    assert.match(ui.frame(), /\\u001b\]0;abc\\u0007/);
    await drive(ui, `r ${SAY} escape escape`);
    await walkPlan(ui, 'pojos');
  });

  test('take a pasted text of 10,000 characters, and show where the cursor is in it', async () => {
    const ui = await openBrowser(HOSTILE);
    const long = '宽\u202e\u001b[2J'.repeat(1_700);
    for (const keys of ['r', 'enter r', 'enter enter /', 'enter enter g', 'd', 's t', 'f t', 't T']) {
      await drive(ui, keys);
      await drive(ui, `=${long} left =abc`);
      assert.match(ui.message(), / …\S*2abc▏J$/);
      await drive(ui, 'home');
      assert.match(ui.message(), /:? ▏(abc)?\S/);
      await drive(ui, 'end enter');
      await home(ui);
    }
    await drive(ui, `: =${long} enter`);
    assert.equal(depthOf(ui), 1);
  });
});
