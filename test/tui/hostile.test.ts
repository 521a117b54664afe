import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { escapeText } from '@statewright/report';
import { widthOf } from '@statewright/tui';
import { ROOT } from '../architecture/source-tree.js';
import { type Browser, openBrowser, SIZES } from './press.js';

/*
 * Snapshots whose names, keys and values would steer a terminal: escape sequences of every kind, C1 controls, bidirectional overrides, zero
 * width, piles of marks, wide characters, lone surrogates, 100,000 elements, deep nesting. Flink wrote them.
 */

const HOSTILE = 'fixtures/savepoints/zoo-hostile-flink2.3-hashmap-savepoint-compressed';
const OLDER = 'fixtures/savepoints/zoo-hostile-flink1.20-hashmap-savepoint-compressed';
const POJOS = 'fixtures/savepoints/zoo-pojos-flink2.3-hashmap-savepoint';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'statewright-hostile-'));
after(() => rmSync(scratch, { recursive: true }));

/** Controls, lone surrogates, and what moves or hides text. */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\p{Cs}]|\p{M}{9}/u;

function check(ui: Browser, pressed: readonly string[]): void {
  const where = pressed.join(' ');
  const { size } = ui.runtime.machine.app;
  const rows = ui.frame().split('\n');
  assert.equal(rows.length, size.height, where);
  for (const row of rows) {
    assert.ok(widthOf(row) <= size.width, `${where}: ${escapeText(row)} is ${widthOf(row)} wide`);
    assert.doesNotMatch(row, UNSAFE, where);
  }
}

/** Presses keys (`=text` types) and checks the frame after each; gives all frames. */
async function drive(ui: Browser, keys: string): Promise<string> {
  const frames: string[] = [];
  const pressed: string[] = [];
  for (const key of keys.split(' ')) {
    pressed.push(key);
    if (key.startsWith('=')) await ui.type(key.slice(1));
    else await ui.press(key);
    check(ui, pressed);
    frames.push(ui.frame());
  }
  return frames.join('\n');
}

const NEW_TEXT = '=\u202e\u009b2J\u001b[31m\u0000宽\ud83d';
/** What is pressed on the keys of each state, and on its first entries. */
const ON_STATE = [
  'enter s s y ? escape c escape : = q',
  'enter enter j enter j enter x j enter G c escape q q',
  'enter G enter x c escape q c escape q q',
  `enter / ${NEW_TEXT} enter u g ${NEW_TEXT} enter e ${NEW_TEXT} escape q`,
  'h m c escape enter q q',
  's enter PageDown c escape q s s s s s t =1d enter q',
  't j enter j c escape q',
];
const ON_SNAPSHOT = [
  `? escape : ${NEW_TEXT} escape c escape`,
  's s enter pagedown c escape q c escape q',
  'f enter c escape q t =2.3 enter enter q c escape q',
  'T j c escape q',
  'F enter q c escape q',
  `d =${OLDER} enter o enter enter q q c escape q`,
  'C q',
  `r ${NEW_TEXT} enter : =plan enter p q w ${NEW_TEXT} escape q`,
];

describe('hostile values', () => {
  for (const size of SIZES) {
    test(`reach the terminal from no screen at ${size.width}x${size.height}`, async () => {
      const ui = await openBrowser(HOSTILE, size);
      check(ui, []);
      for (const keys of ON_SNAPSHOT) {
        await drive(ui, keys);
        await home(ui);
      }
      const { operators } = ui.runtime.machine.session.overview;
      const most = Math.max(...operators.map(({ states }) => states.length));
      for (let state = 0; state < most; state++) {
        for (const keys of ON_STATE) {
          await drive(ui, ['enter', ...Array.from({ length: state }, () => 'j'), keys].join(' '));
          await home(ui);
        }
      }
      await drive(ui, 'j enter enter enter j enter y c escape q q');
    });
  }

  test('as names of fields and classes are escaped, too', async () => {
    const copy = path.join(scratch, 'pojos');
    cpSync(path.join(ROOT, POJOS), copy, { recursive: true });
    // Names of the same length stand in the place of those that Flink wrote: no length changes.
    for (const file of readdirSync(copy)) {
      const text = readFileSync(path.join(copy, file), 'latin1');
      const changed = text
        .replaceAll('Customer', '\u001b]0;abc\u0007')
        .replaceAll('street', '\u001b[2J\u0007\u000c');
      writeFileSync(path.join(copy, file), changed, 'latin1');
    }
    const ui = await openBrowser(copy);
    const seen = await drive(ui, 'enter enter enter j j enter x q q q t j enter j q q s enter q q f enter');
    assert.ok(seen.includes('\\u001b]0;abc\\u0007'));
    assert.ok(seen.includes('\\u001b[2J\\u0007'));
  });

  test('are copied as they are, since a clipboard is no terminal', async () => {
    const ui = await openBrowser(HOSTILE);
    await ui.press('enter', 'enter', 'g');
    await ui.type('\u001b[2J');
    await ui.press('escape', 'enter', 'y');
    assert.equal(ui.copied.length, 1);
    assert.doesNotThrow(() => JSON.parse(ui.copied[0]!));
  });
});

/** Back to the first screen. */
async function home(ui: Browser): Promise<void> {
  const { machine } = ui.runtime;
  for (let i = 0; i < 20 && (machine.app.stack.length > 1 || machine.app.prompt !== undefined); i++) {
    await ui.press('escape');
  }
  await ui.press('home');
  assert.equal(machine.app.stack.length, 1);
}
