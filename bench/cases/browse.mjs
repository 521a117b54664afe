import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { median, ratio, row } from '../lib/summary.mjs';
import { TerminalProgram } from '../lib/terminal.mjs';

/** Sizes of terminals, and what a key press may take there: half of them, and 95 of 100, in milliseconds. */
const SIZES = [
  { width: 80, height: 24, half: 16, most: 40 },
  { width: 160, height: 50, half: 35, most: 70 },
];
/** Milliseconds between two keys: about what a held key gives. */
const PAUSE = 40;

/** Most that a key press may take while all values are counted in the background, in milliseconds. */
const DELAYED = 50;

export const browse = {
  id: 'browse',
  title: 'the terminal browser in tmux: from a key press to the end of its frame, in the list of keys',
  async measure(savepoint, { quick, runs }) {
    const measured = [];
    for (const size of SIZES) {
      const first = [];
      for (let i = 0; i < runs; i++) first.push(await inBrowser(savepoint, size, ({ first }) => first));
      const listed = await inBrowser(savepoint, size, (opened) => inKeys(opened, quick ? 10 : 150));
      const counting = await inBrowser(savepoint, size, (opened) => whileCounting(opened, quick ? 4 : 60));
      measured.push({ size, first: median(first), counting, ...listed });
    }
    const rows = measured.flatMap(({ size, keys, counting, peakBytes }) => {
      const at = `${size.width}x${size.height}`;
      return [
        row({ id: `keys-${at}`, label: `keys at ${at}` }, results(keys, peakBytes)),
        row({ id: `counting-${at}`, label: `beside statistics at ${at}` }, results(counting)),
      ];
    });
    return { rows, ratios: measured.flatMap(verdicts) };
  },
};

function results(keys, peakBytes) {
  return keys.map((millis) => ({ seconds: millis / 1000, peakBytes }));
}

function verdicts({ size, first, keys, counting, peakBytes, beforeBytes }) {
  const at = `at ${size.width}x${size.height}`;
  return [
    ratio(`first frame ${at}`, first, 'ms', { most: 300 }),
    ratio(`key to frame, half of them, ${at}`, quantile(keys, 0.5), 'ms', { most: size.half }),
    ratio(`key to frame, 95 of 100, ${at}`, quantile(keys, 0.95), 'ms', { most: size.most }),
    ratio(`key to frame while all is counted, the longest, ${at}`, Math.max(...counting), 'ms', {
      most: DELAYED,
    }),
    ratio(`memory after paging on, to before, ${at}`, peakBytes / beforeBytes, 'x'),
    ratio(`most memory ${at}`, peakBytes / 1e6, 'MB'),
  ];
}

/** Opens the browser on a savepoint for as long as `use` takes. */
async function inBrowser(savepoint, { width, height }, use) {
  const main = path.join(ROOT, 'cli/dist/main.js');
  const snapshot = path.resolve(ROOT, savepoint.path);
  const program = new TerminalProgram(`${process.execPath} ${main} browse ${snapshot}`, width, height);
  try {
    const first = await program.firstFrame;
    // The keyboard is taken a moment later.
    await sleep(500);
    return await use({ program, first });
  } finally {
    await program.close();
  }
}

/** Goes to the keys of the first state, then one row or page after the other. */
async function inKeys({ program }, presses) {
  const pid = await program.pid();
  for (const key of ['Enter', 'Enter', 'Down']) {
    await program.press(key);
    await sleep(500);
  }
  const beforeBytes = peakOf(pid);
  const keys = await pressAll(program, presses, (i) => (i % 3 === 2 ? 'NPage' : i % 6 === 0 ? 'Up' : 'Down'));
  return { beforeBytes, keys, peakBytes: peakOf(pid) };
}

/** Sorts the statistics by one column after the other while they are counted: each key changes what is shown, whatever is there. */
function whileCounting({ program }, presses) {
  return pressAll(program, presses, () => 's');
}

/** Milliseconds of each key that changed something. */
async function pressAll(program, presses, keyOf) {
  const keys = [];
  for (let i = 0; i < presses; i++) {
    const millis = await program.press(keyOf(i));
    if (millis !== undefined) keys.push(millis);
    await sleep(PAUSE);
  }
  return keys;
}

/** The most memory that a process had, as Linux counts. */
function peakOf(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)];
}
