import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, openBrowser } from './press.js';

/* Puts plans together by keys. */

/** Wide and high enough for every row of the types of a small snapshot, so that rows can be found by their text. */
const LARGE = { width: 200, height: 220 };
/** Breadcrumbs, the line of what is shown, an empty one. */
const ABOVE = 3;

/** The browser at the types of all states. */
export async function openTypes(snapshot: string): Promise<Browser> {
  const ui = await openBrowser(snapshot, LARGE);
  await ui.type(':schema');
  await ui.press('enter');
  return ui;
}

/** Puts the cursor on the first row of the types that a text or expression finds. */
export async function goToType(ui: Browser, wanted: RegExp): Promise<void> {
  const rows = ui.frame().split('\n').slice(ABOVE);
  const row = rows.findIndex((text) => wanted.test(text));
  assert.ok(row >= 0, `${wanted} is not shown:\n${ui.frame()}`);
  await ui.press('home');
  for (let i = 0; i < row; i++) await ui.press('down');
}

/** Opens rows of the types, one after the other, and leaves the cursor on the last. */
export async function openTypeRows(ui: Browser, ...rows: readonly RegExp[]): Promise<void> {
  for (const [i, row] of rows.entries()) {
    await goToType(ui, row);
    if (i < rows.length - 1) await ui.press('enter');
  }
}

/** Answers the questions of a step, each with a text in place of what stands there. */
export async function answer(ui: Browser, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await ui.press('ctrl+u');
    await ui.type(text);
    await ui.press('enter');
  }
}

/** Chooses a step of the list of those that fit. */
export async function choose(ui: Browser, verb: string): Promise<void> {
  const rows = ui
    .frame()
    .split('\n')
    .slice(ABOVE + 1);
  const row = rows.findIndex((text) => text.split(' ')[0] === verb);
  assert.ok(row >= 0, `${verb} is not offered:\n${ui.frame().trimEnd()}`);
  for (let i = 0; i < row; i++) await ui.press('down');
  await ui.press('enter');
}

/** Saves the plan, and gives its text. */
export async function savePlan(ui: Browser): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'statewright-plan-'));
  const file = path.join(directory, 'plan.yaml');
  try {
    await ui.type(':plan');
    await ui.press('enter', 'w');
    await answer(ui, file);
    assert.match(ui.message(), /is written: \d+ steps?$/);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(directory, { recursive: true });
  }
}
