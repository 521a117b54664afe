import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { widthOf } from '@statewright/tui';
import { CORPUS, FIXTURES, snapshots } from '../savepoint/corpus.js';
import { type Browser, openBrowser, SIZES } from './press.js';

/* Goes into every state of every snapshot: list, first value, its bytes, its key groups, its types, the steps that fit; no message of an error, no row too wide. */

function check(ui: Browser, where: string): void {
  const { app } = ui.runtime.machine;
  assert.ok(app.message === undefined || !app.message.bad, `${where}: ${app.message?.text}`);
  const rows = ui.frame().split('\n');
  assert.equal(rows.length, app.size.height);
  for (const row of rows) {
    assert.ok(widthOf(row) <= app.size.width, `${where}: ${row}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    assert.doesNotMatch(row, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/, where);
  }
}

async function walk(snapshot: string): Promise<void> {
  const ui = await openBrowser(snapshot, SIZES[0]);
  const { overview } = ui.runtime.machine.session;
  check(ui, snapshot);
  for (let i = 0; i < overview.operators.length; i++) {
    await ui.press('enter');
    const count = statesOnTop(ui);
    for (let j = 0; j < count; j++) {
      await intoState(ui, `${snapshot} operator ${i} state ${j}`);
      await ui.press('down');
    }
    await ui.press('q', 'down');
  }
}

function statesOnTop(ui: Browser): number {
  const { app, session } = ui.runtime.machine;
  const { operator } = app.stack.at(-1)!.state as { readonly operator: string };
  return session.overview.operators.find(({ id }) => id === operator)!.states.length;
}

/** Into what enter shows of the state under the cursor and back; and the same for its key groups. */
async function intoState(ui: Browser, where: string): Promise<void> {
  const { machine } = ui.runtime;
  const depth = machine.app.stack.length;
  for (const keys of [
    ['enter', 'enter', 'down', 'x'],
    ['h', 'm', 'enter', 'G'],
    ['t', 'down', 'down', 'enter', 'G', '+'],
  ]) {
    for (const key of keys) {
      await ui.press(key);
      check(ui, `${where} ${key}`);
    }
    while (machine.app.stack.length > depth) await ui.press('escape');
  }
}

describe('every state of every snapshot can be looked at', () => {
  const fixtures = readdirSync(FIXTURES, { withFileTypes: true }).filter((each) => each.isDirectory());
  test('there are fixtures', () => assert.ok(fixtures.length > 50));
  for (const { name } of fixtures) {
    test(name, async () => {
      await walk(path.join(FIXTURES, name));
    });
  }
  // Version 1 is refused when it is opened.
  for (const { id, metadata } of snapshots().filter(({ metadataVersion }) => metadataVersion > 1)) {
    test(`official: ${id}`, async () => {
      await walk(path.join(CORPUS, metadata));
    });
  }
});
