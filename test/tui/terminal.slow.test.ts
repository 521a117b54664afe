import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';
import { openBrowser } from './press.js';
import { Tmux } from './tmux.js';

/* The real program in a real terminal. */

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const PROGRAM = `${process.execPath} ${path.join(ROOT, 'cli/dist/main.js')}`;
const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-tui-'));
after(() => rmSync(folder, { recursive: true }));

/** The browser in a shell that is there again when it ends; files go to a new folder. */
function start(width = 80, height = 24, options = ''): Tmux {
  const command = `${PROGRAM} browse ${SNAPSHOT} ${options}`;
  // The snapshot is named as in the checkout, and files are written elsewhere: by their whole name.
  return new Tmux(
    `cd ${ROOT} && PS1='ready> ' exec bash --norc -c '${command}; echo ended; exec bash --norc'`,
    width,
    height,
  );
}

const KEYS = [
  'Down',
  'Up',
  'Enter',
  'Left',
  '?',
  'Escape',
  ':',
  'h',
  'm',
  'x',
  'j',
  'G',
  'Home',
  's',
  'c',
  'PageDown',
  'q',
];
const NAMES = new Map([
  ['Down', 'down'],
  ['Up', 'up'],
  ['Enter', 'enter'],
  ['Left', 'left'],
  ['Escape', 'escape'],
  ['Home', 'home'],
  ['PageDown', 'pagedown'],
]);

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    yield state >> 8;
  }
}

describe('the browser in a terminal', () => {
  for (const [width, height] of [
    [80, 24],
    [40, 15],
    [20, 6],
  ] as const) {
    test(`shows exactly its frame after each of many keys at ${width}x${height}`, async () => {
      const ui = await openBrowser(SNAPSHOT, { width, height });
      const tmux = start(width, height);
      try {
        const random = numbers(width);
        await tmux.until((screen) => screen === ui.frame());
        const pressed: string[] = [];
        for (let i = 0; i < 60; i++) {
          const key = KEYS[random.next().value! % KEYS.length]!;
          // On the first screen q leaves the program.
          if (key === 'q' && ui.runtime.machine.app.stack.length === 1) continue;
          pressed.push(key);
          tmux.press(key);
          await ui.press(NAMES.get(key) ?? key);
          const screen = await tmux.until((each) => each === ui.frame());
          assert.equal(screen, ui.frame(), pressed.join(' '));
        }
      } finally {
        tmux.close();
      }
    });
  }

  test('goes down to a value, filters, jumps, sorts, exports; is resized in between', async () => {
    const tmux = start();
    try {
      await tmux.until((screen) => screen.includes('fraud-detector  '));
      tmux.press('Enter');
      await tmux.until((screen) => screen.includes('last-amount'));
      tmux.press('Enter');
      await tmux.until((screen) => screen.includes('35 in all'));
      tmux.text('/account-3');
      tmux.press('Enter');
      await tmux.until((screen) => screen.includes('10 in all'));
      tmux.resize(100, 30);
      const wide = await tmux.until(
        (screen) => screen.includes('account-30') && !screen.includes('account-5 '),
      );
      assert.equal(wide.split('\n').length, 30);
      assert.doesNotMatch(wide, /account-5 /);
      tmux.press('u');
      await tmux.until((screen) => screen.includes('35 in all'));
      tmux.text('gaccount-17');
      tmux.press('Enter');
      await tmux.until((screen) => /GROUP.*\n +\d+ +account-17 /.test(screen));
      tmux.press('Enter');
      await tmux.until((screen) => screen.includes('key: "account-17"'));
      const file = path.join(folder, 'entry.json');
      tmux.press('e');
      await tmux.until((screen) => screen.includes('to the new file'));
      tmux.press('C-u');
      tmux.text(file);
      tmux.press('Enter');
      await tmux.until(() => existsSync(file));
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { key: 'account-17', value: 208.35 });
    } finally {
      tmux.close();
    }
  });

  test('takes keys that come all at once, also those without a character', async () => {
    const tmux = start();
    try {
      await tmux.until((screen) => screen.includes('fraud-detector  '));
      tmux.press('Down', 'Down', 'Up', 'Up', 'Enter', 'Enter');
      await tmux.until((screen) => screen.includes('35 in all'));
      tmux.press('/', 'x', 'C-u', 'account-3', 'Enter');
      const screen = await tmux.until((each) => each.includes('account-30') && !each.includes('account-5 '));
      assert.match(screen, /account-30/);
      assert.doesNotMatch(screen, /account-5 /);
    } finally {
      tmux.close();
    }
  });

  test('draws with ASCII only, and without colour, where it is told to', async () => {
    const tmux = start(80, 24, '--ascii');
    try {
      const screen = await tmux.until((each) => each.includes('fraud-detector  '));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: all that is ASCII
      assert.match(screen, /^[\u0000-\u007f]*$/);
    } finally {
      tmux.close();
    }
  });

  test('takes a pasted text as text: its line breaks confirm nothing, its letters are no commands', async () => {
    const tmux = start();
    try {
      await tmux.until((each) => each.includes('fraud-detector  '));
      tmux.paste('sq\nq\n');
      const refused = await tmux.until((each) => each.includes('nothing here asks for the pasted text'));
      assert.match(refused, /nothing here asks for the pasted text/);
      assert.match(refused, /^OPERATOR/m);
      tmux.text(':');
      await tmux.until((each) => each.includes(':▏'));
      tmux.paste('sta\nts\n');
      const typed = await tmux.until((each) => each.includes(':sta ts▏'));
      assert.match(typed, /^:sta ts▏/m);
      tmux.press('Escape');
      tmux.press('Enter');
      await tmux.until((each) => /^STATE/m.test(each));
      tmux.press('Enter');
      await tmux.until((each) => /^GROUP/m.test(each));
      tmux.text('g');
      await tmux.until((each) => /▏$/.test(each));
      tmux.paste('account-17\n');
      const asked = await tmux.until((each) => each.endsWith('account-17▏'));
      assert.match(asked, /account-17▏$/);
      tmux.press('Enter');
      const row = /^ +\d+ +account-17 /m;
      assert.match(await tmux.until((each) => row.test(each)), row);
    } finally {
      tmux.close();
    }
  });

  test('links ids of rules to their pages, where the terminal takes links', async () => {
    const recorded = path.join(folder, 'recorded');
    const command = `${PROGRAM} browse ${SNAPSHOT}`;
    const tmux = new Tmux(`cd ${ROOT} && env -u CI -u NO_COLOR FORCE_HYPERLINK=1 ${command}`, 80, 24);
    try {
      await tmux.until((each) => each.includes('fraud-detector  '));
      tmux.record(recorded);
      tmux.press('f');
      const screen = await tmux.until((each) =>
        /^note +default-max-parallelism +fraud-detector$/m.test(each),
      );
      assert.match(screen, /^note +default-max-parallelism +fraud-detector$/m);
      const links = readFileSync(recorded, 'utf8').split('\u001b]8;;');
      const parts = links.map((link) => link.split('\u001b\\'));
      const [address] = parts.find(([, text]) => text === 'default-max-parallelism') ?? [];
      assert.ok(existsSync(new URL(address!).pathname), `${address} is not there`);
    } finally {
      tmux.close();
    }
  });
});
