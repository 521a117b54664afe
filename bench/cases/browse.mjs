import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { ratio, row } from '../lib/summary.mjs';
import { TerminalProgram } from '../lib/terminal.mjs';

/** Sizes of terminals, and what a key press may take there: half of them, and 95 of 100, in milliseconds. */
const SIZES = [
  { width: 80, height: 24, half: 16, most: 40 },
  { width: 160, height: 50, half: 35, most: 70 },
];
/** Milliseconds between two keys: about what a held key gives. */
const PAUSE = 40;

export const browse = {
  id: 'browse',
  title: 'the terminal browser in tmux: from a key press to the end of its frame, in the list of keys',
  async measure(savepoint, { quick }) {
    const measured = [];
    for (const size of SIZES) measured.push({ size, ...(await session(savepoint, size, quick ? 10 : 150)) });
    const rows = measured.map(({ size, keys, peakBytes }) =>
      row(
        { id: `keys-${size.width}x${size.height}`, label: `keys at ${size.width}x${size.height}` },
        keys.map((millis) => ({ seconds: millis / 1000, peakBytes })),
      ),
    );
    return { rows, ratios: measured.flatMap(verdicts) };
  },
};

function verdicts({ size, first, keys, peakBytes, beforeBytes }) {
  const at = `at ${size.width}x${size.height}`;
  return [
    ratio(`first frame ${at}`, first, 'ms', { most: 300 }),
    ratio(`key to frame, half of them, ${at}`, quantile(keys, 0.5), 'ms', { most: size.half }),
    ratio(`key to frame, 95 of 100, ${at}`, quantile(keys, 0.95), 'ms', { most: size.most }),
    ratio(`memory after paging on, to before, ${at}`, peakBytes / beforeBytes, 'x'),
  ];
}

/** Goes to the keys of the first state, then one row or page after the other. */
async function session(savepoint, { width, height }, presses) {
  const main = path.join(ROOT, 'cli/dist/main.js');
  const snapshot = path.resolve(ROOT, savepoint.path);
  const program = new TerminalProgram(`${process.execPath} ${main} browse ${snapshot}`, width, height);
  try {
    const first = await program.firstFrame;
    const pid = await program.pid();
    for (const key of ['Enter', 'Enter', 'Down']) {
      await program.press(key);
      await sleep(500);
    }
    const beforeBytes = peakOf(pid);
    const keys = [];
    for (let i = 0; i < presses; i++) {
      const millis = await program.press(i % 3 === 2 ? 'NPage' : i % 6 === 0 ? 'Up' : 'Down');
      if (millis !== undefined) keys.push(millis);
      await sleep(PAUSE);
    }
    return { first, keys, beforeBytes, peakBytes: peakOf(pid) };
  } finally {
    await program.close();
  }
}

/** The most memory that a process had, as Linux counts. */
function peakOf(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)];
}
