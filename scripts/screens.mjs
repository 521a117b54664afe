/*
 * Takes pictures of the browser for README and docs: runs it in a real tmux, presses keys, and keeps what stands on the screen, in its
 * colours: an SVG that moves, an SVG for each still, and an asciicast (https://docs.asciinema.org/manual/asciicast/v2/).
 * Needs a build and tmux.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './lib/paths.mjs';
import { animatedSvg, screenSvg } from './lib/terminal-svg.mjs';
import { Tmux } from './lib/tmux.mjs';

const ASSETS = path.join(ROOT, 'docs/assets');
const COLUMNS = 96;
const LINES = 26;
const FRAUD = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const COMMAND = `'${process.execPath}' cli/bin/statewright.js browse ${FRAUD}`;

/** Keys, what the screen then holds, how long it is shown, and the name of the picture where it is one of its own. */
const TOUR = [
  { keys: [], wanted: /lint: \d/, seconds: 2.5, still: 'browse-operators' },
  { keys: ['Enter'], wanted: /last-amount/, seconds: 1.8, still: 'browse-states' },
  { keys: ['Down'], wanted: /tx-count/, seconds: 0.5 },
  { keys: ['Down'], wanted: /seen-merchants/, seconds: 0.8 },
  { keys: ['Enter'], wanted: /account-19/, seconds: 2, still: 'browse-keys' },
  { keys: ['/', 'text:account-1'], wanted: /account-1█?/, seconds: 1.6 },
  { keys: ['Enter'], wanted: /account-19/, seconds: 1.2 },
  { keys: ['Enter'], wanted: /key group 14 · subtask/, seconds: 2.2, still: 'browse-value' },
  { keys: ['x'], wanted: /key group: 0e|VoidNamespace/, seconds: 2.2, still: 'browse-bytes' },
  { keys: ['q', 'q', 'q', 'q'], wanted: /OPERATOR/, seconds: 0.8 },
  { keys: ['s'], wanted: /by bytes/, seconds: 2, still: 'browse-statistics' },
  { keys: ['Enter'], wanted: /█/, seconds: 2.4, still: 'browse-histogram' },
  { keys: ['q', 'q'], wanted: /OPERATOR/, seconds: 0.6 },
  { keys: ['f'], wanted: /default-max-parallelism/, seconds: 2, still: 'browse-findings' },
  { keys: ['Enter'], wanted: /remedy|mend|harm/i, seconds: 2.2 },
];

async function record() {
  const terminal = new Tmux(COMMAND, COLUMNS, LINES);
  const frames = [];
  try {
    for (const { keys, wanted, ...frame } of TOUR) {
      for (const key of keys) {
        terminal.press(key);
        await terminal.screen(/./);
      }
      frames.push({ rows: await terminal.screen(wanted), ...frame });
    }
  } finally {
    terminal.close();
  }
  return frames;
}

/** An asciicast of version 2: a header, then `[seconds, "o", what was printed]` a line. */
function asciicast(frames) {
  const header = {
    version: 2,
    width: COLUMNS,
    height: LINES,
    title: 'statewright browse',
    env: { TERM: 'xterm-256color' },
  };
  let at = 0;
  const events = frames.map(({ rows, seconds }) => {
    const event = [Number(at.toFixed(2)), 'o', `\u001b[2J\u001b[H${rows.join('\u001b[0m\r\n')}\u001b[0m`];
    at += seconds;
    return event;
  });
  return [header, ...events, [Number(at.toFixed(2)), 'o', '']]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

mkdirSync(ASSETS, { recursive: true });
const frames = await record();
const files = {
  'browse.svg': animatedSvg(frames, {
    columns: COLUMNS,
    title: 'statewright browse: from operators to a value',
  }),
  'browse.cast': asciicast(frames),
};
for (const { still, rows } of frames) {
  if (still !== undefined) {
    files[`${still}.svg`] = screenSvg(rows, {
      columns: COLUMNS,
      title: `statewright browse: ${still.slice(7)}`,
    });
  }
}
for (const [name, text] of Object.entries(files)) {
  writeFileSync(path.join(ASSETS, name), text);
  console.log(`docs/assets/${name}  ${text.length} characters`);
}
