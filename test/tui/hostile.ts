import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { escapeText } from '@statewright/report';
import { widthOf } from '@statewright/tui';
import { ROOT } from '../architecture/source-tree.js';
import type { Browser } from './press.js';

/* Drives the browser over names, values and typed text that would steer a terminal. */

/** Typed or pasted: overrides of the direction, control sequences of either kind, a wide character, half of one. */
export const HOSTILE_TEXT = '\u202e\u009b2J\u001b[31m\u0000宽\ud83d';

const POJOS = 'fixtures/savepoints/zoo-pojos-flink2.3-hashmap-savepoint';

/** Controls, lone surrogates, and what moves or hides text. */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\p{Cs}]|\p{M}{9}/u;

/** Every row fits the screen, and nothing on it could steer a terminal. */
export function check(ui: Browser, pressed: readonly string[]): void {
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
export async function drive(ui: Browser, keys: string): Promise<string> {
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

/** Back to the first screen. */
export async function home(ui: Browser): Promise<void> {
  const { machine } = ui.runtime;
  for (let i = 0; i < 20 && (machine.app.stack.length > 1 || machine.app.prompt !== undefined); i++) {
    await ui.press('escape');
  }
  await ui.press('home');
  assert.equal(machine.app.stack.length, 1);
}

/** A snapshot in a directory of `scratch` whose class `Customer` and its field `street` have names that would steer a terminal. */
export function hostilePojos(scratch: string): string {
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
  return copy;
}
