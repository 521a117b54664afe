import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { check, drive, HOSTILE_TEXT, home, hostilePojos } from './hostile.js';
import { openBrowser, SIZES } from './press.js';

/*
 * Snapshots whose names, keys and values would steer a terminal: escape sequences of every kind, C1 controls, bidirectional overrides, zero
 * width, piles of marks, wide characters, lone surrogates, 100,000 elements, deep nesting. Flink wrote them.
 */

const HOSTILE = 'fixtures/savepoints/zoo-hostile-flink2.3-hashmap-savepoint-compressed';
const OLDER = 'fixtures/savepoints/zoo-hostile-flink1.20-hashmap-savepoint-compressed';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'statewright-hostile-'));
after(() => rmSync(scratch, { recursive: true }));

const NEW_TEXT = `=${HOSTILE_TEXT}`;
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
    const copy = hostilePojos(scratch);
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
