import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../architecture/source-tree.js';
import { openBrowser } from './press.js';
import { Tmux } from './tmux.js';

/* Every way out of the real program in a real terminal: after it the terminal is as it was before. */

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const HOSTILE = 'fixtures/savepoints/zoo-hostile-flink2.3-hashmap-savepoint-compressed';
const PROGRAM = `${process.execPath} ${path.join(ROOT, 'cli/dist/main.js')}`;
const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-exits-'));
after(() => rmSync(folder, { recursive: true }));

interface Started {
  readonly tmux: Tmux;
  /** What `stty -g` says before and after; the second once the program has ended. */
  settings(): readonly [string, string];
}

let count = 0;

/** The browser between two looks at the terminal's settings, in a shell that stays. */
function start(snapshot: string, options = ''): Started {
  const [before, behind] = [path.join(folder, `${count}.before`), path.join(folder, `${count++}.behind`)];
  const command = [
    `cd ${ROOT}`,
    `stty -g > ${before}`,
    `${PROGRAM} browse ${snapshot} ${options}`,
    'echo "ended $?"',
    `stty -g > ${behind}`,
    "PS1='ready> ' exec bash --norc",
  ].join('; ');
  const script = path.join(folder, `${count}.sh`);
  writeFileSync(script, command);
  return {
    tmux: new Tmux(`exec bash --norc ${script}`, 80, 24),
    settings: () => [readFileSync(before, 'utf8'), readFileSync(behind, 'utf8')],
  };
}

function pidOf(tmux: Tmux): number {
  const pane = tmux.format('#{pane_pid}');
  return Number(readFileSync(`/proc/${pane}/task/${pane}/children`, 'utf8').trim().split(' ')[0]);
}

/** The main screen is back with a cursor, rows wrap, lines are read and shown, and the code is as expected. */
async function checkLeft({ tmux, settings }: Started, code: number): Promise<string> {
  const screen = await tmux.until((each) => each.includes('ready>'));
  assert.match(screen, new RegExp(`^ended ${code}$`, 'm'));
  assert.equal(tmux.format('#{alternate_on} #{cursor_flag} #{wrap_flag} #{mouse_any_flag}'), '0 1 1 0');
  const [before, behind] = settings();
  assert.equal(behind, before);
  tmux.text('echo so-$((40 + 2))');
  tmux.press('Enter');
  assert.match(await tmux.until((each) => each.includes('so-42')), /so-42/);
  return screen;
}

describe('the terminal is given back', () => {
  for (const [way, leave, code] of [
    ['q', (tmux: Tmux) => tmux.press('q'), 0],
    ['ctrl+c', (tmux: Tmux) => tmux.press('C-c'), 0],
    ['SIGINT', (tmux: Tmux) => process.kill(pidOf(tmux), 'SIGINT'), 130],
    ['SIGTERM', (tmux: Tmux) => process.kill(pidOf(tmux), 'SIGTERM'), 143],
    ['SIGHUP', (tmux: Tmux) => process.kill(pidOf(tmux), 'SIGHUP'), 129],
  ] as const) {
    test(`after ${way}`, async () => {
      const started = start(SNAPSHOT);
      const { tmux } = started;
      try {
        await tmux.until((screen) => screen.includes('fraud-detector  '));
        assert.equal(tmux.format('#{alternate_on} #{cursor_flag} #{wrap_flag}'), '1 0 0');
        leave(tmux);
        await checkLeft(started, code);
      } finally {
        tmux.close();
      }
    });
  }

  for (const [options, stack] of [
    ['', false],
    ['--debug', true],
  ] as const) {
    test(`after a crash, which is said in one sentence${stack ? ', and with --debug from where it came' : ''}`, async () => {
      // What a module of the user does later on happens outside of everything that the browser can guard.
      const fuse = path.join(folder, `fuse-${count}`);
      const module = path.join(folder, `crash-${count}.mjs`);
      writeFileSync(
        module,
        `import { existsSync } from 'node:fs';
setInterval(() => { if (existsSync('${fuse}')) throw new TypeError('boom'); }, 20);
const nothing = () => undefined;
export default { classNames: ['com.acme.None'], read: nothing, write: nothing, describe: nothing, codec: nothing };
`,
      );
      const started = start(SNAPSHOT, `--snapshot ${module} ${options}`);
      try {
        await started.tmux.until((screen) => screen.includes('fraud-detector  '));
        writeFileSync(fuse, '');
        const screen = await checkLeft(started, 1);
        assert.match(screen, /INTERNAL statewright: TypeError: boom; run it again with --debug/);
        assert.equal(/^ +at /m.test(screen), stack, screen);
      } finally {
        started.tmux.close();
      }
    });
  }

  test('after a file was cut off behind its back, which is said on the screen', async () => {
    const copy = path.join(folder, 'cut');
    cpSync(path.join(ROOT, SNAPSHOT), copy, { recursive: true });
    const started = start(copy);
    const { tmux } = started;
    try {
      await tmux.until((screen) => screen.includes('fraud-detector  '));
      for (const file of readdirSync(copy)) truncateSync(path.join(copy, file), 30);
      tmux.press('Enter', 'Enter');
      const screen = await tmux.until((each) => /^[A-Z_]{6,} /m.test(each));
      assert.match(screen, /^[A-Z_]{6,} .*/m);
      tmux.press('q', 'q', 'q');
      await checkLeft(started, 0);
    } finally {
      tmux.close();
    }
  });

  test('with its title, clipboard, colours and cursor untouched by values that would take them', async () => {
    const ui = await openBrowser(HOSTILE);
    const started = start(HOSTILE);
    const { tmux } = started;
    tmux.option('set-clipboard', 'on');
    const title = tmux.format('#{pane_title}');
    try {
      await tmux.until((screen) => screen === ui.frame());
      for (const key of ['Enter', 'Enter', 'j', 'G', 'Enter', 'j', 'x', 'q', 'q', 'q', 's', 'q', 'T', 'j']) {
        tmux.press(key);
        await ui.press(key === 'Enter' ? 'enter' : key);
        await tmux.until((screen) => screen.split('\n').at(-1) === ui.frame().split('\n').at(-1));
        assert.equal(
          tmux.format('#{pane_title} #{alternate_on} #{cursor_flag} #{wrap_flag}'),
          `${title} 1 0 0`,
          key,
        );
        assert.equal(tmux.buffers(), '', key);
      }
      tmux.press('C-c');
      await checkLeft(started, 0);
    } finally {
      tmux.close();
    }
  });
});

/** The browser in a terminal that is about to go; gives the files for its exit code and what it says on stderr. */
function startLonely(way: string, stdout = ''): { tmux: Tmux; code: string; said: string } {
  const [code, said, script] = ['code', 'said', 'sh'].map((end) =>
    path.join(folder, `lonely-${count}.${end}`),
  );
  count++;
  writeFileSync(
    script!,
    `cd ${ROOT}; ${PROGRAM} browse ${SNAPSHOT} ${stdout} 2> ${said}; echo $? > ${code}.new; mv ${code}.new ${code}; cat`,
  );
  // The shell outlives the terminal's signal, to tell how the program ended.
  return { tmux: new Tmux(`${way} bash -c "trap : HUP; . ${script}"`, 80, 24), code: code!, said: said! };
}

/** The program ends as one that a hangup ended, and says nothing: nobody is there to read it. */
async function checkHungUp({ code, said }: { code: string; said: string }): Promise<void> {
  const end = Date.now() + 10_000;
  while (!existsSync(code) && Date.now() < end) await sleep(20);
  assert.ok(existsSync(code), 'it still runs');
  assert.equal(readFileSync(said, 'utf8'), '');
  assert.equal(readFileSync(code, 'utf8'), '129\n');
}

describe('the browser ends with 129 and without a word', () => {
  for (const [when, way] of [
    ['the terminal is closed', 'exec'],
    // In a session of its own no signal reaches it: it reads the end of its input.
    ['the terminal is closed and no signal says so', 'exec setsid -w'],
  ] as const) {
    test(`when ${when}`, async () => {
      const started = startLonely(way);
      await started.tmux.until((screen) => screen.includes('fraud-detector  '));
      started.tmux.close();
      await checkHungUp(started);
    });
  }

  test('when only what it draws on is closed', async () => {
    const screen = new Tmux('exec cat', 80, 24);
    const started = startLonely('exec', `> ${screen.format('#{pane_tty}')}`);
    try {
      await screen.until((each) => each.includes('fraud-detector  '));
      screen.close();
      started.tmux.press('j');
      await checkHungUp(started);
    } finally {
      started.tmux.close();
    }
  });
});

test('the first screen as text ends quietly where nobody reads it', () => {
  const line = `${PROGRAM} browse ${SNAPSHOT} | true; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', line], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 30_000,
  });
  assert.equal(stderr, '');
  assert.equal(stdout, '0\n');
});
