import assert from 'node:assert/strict';
import path from 'node:path';
import { Writable } from 'node:stream';
import { describe, test } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import { parseDuration } from '@statewright/report';
import { ROOT } from '../architecture/source-tree.js';

/* The parts of the program that talk to terminals and pipes, which a transcript cannot show. */

const load = <T>(file: string): Promise<T> => import(path.join(ROOT, 'cli/dist', file)) as Promise<T>;
const { barStyleOf, StreamLog } = await load<typeof import('../../cli/src/io/log.js')>('io/log.js');
const { StreamOutput, ReaderGone } = await load<typeof import('../../cli/src/io/output.js')>('io/output.js');
const { terminalOf } = await load<typeof import('../../cli/src/io/terminal.js')>('io/terminal.js');
const { progressLine } = await load<typeof import('../../cli/src/io/progress.js')>('io/progress.js');
const { parseTime } = await load<typeof import('../../cli/src/times.js')>('times.js');

function recorder(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 60, write: (text: string) => written.push(text), written };
}

describe('progress', () => {
  test('is drawn over itself on a terminal, with rate and time left, and taken away', () => {
    let now = 0;
    const stream = recorder(true);
    const log = new StreamLog(stream, () => now);
    for (const done of [0, 25_000_000, 50_000_000]) {
      log.progress('reading', done, 100_000_000);
      now += 1000;
    }
    const last = stream.written.at(-1)!;
    assert.ok(last.startsWith('\r\u001b[Kreading'));
    assert.match(last, /50 % {2}25 MB\/s {2}2 s left$/);
    assert.ok(last.length <= 60 + 4);
    log.note('done');
    assert.deepEqual(stream.written.slice(-2), ['\r\u001b[K', 'done\n']);
  });

  test('is drawn ten times a second at most', () => {
    const stream = recorder(true);
    const log = new StreamLog(stream, () => 1000);
    for (let i = 0; i < 100; i++) log.progress('reading', i, 100);
    assert.equal(stream.written.length, 1);
  });

  test('is not there without a terminal, nor with --quiet', () => {
    for (const [isTTY, quiet] of [
      [false, false],
      [true, true],
    ] as const) {
      const stream = recorder(isTTY);
      const log = new StreamLog(stream);
      log.quiet = quiet;
      log.progress('reading', 1, 2);
      log.note('a note');
      assert.deepEqual(stream.written, quiet ? [] : ['a note\n']);
      log.error('an error');
      assert.equal(stream.written.at(-1), 'an error\n');
    }
  });

  const EXPORTING = {
    what: 'exporting',
    doneBytes: 1_000_000_000,
    totalBytes: 3_000_000_000,
    elapsedMillis: 10_000,
    found: 'largest 12 MB fraud/seen "鍵-19"',
  };

  test('gives up what matters least on a narrow terminal', () => {
    const lines = [100, 80, 56, 44, 34, 24, 18, 6].map((width) => progressLine(EXPORTING, width));
    assert.deepEqual(lines, [
      'exporting  ████████░░░░░░░░░░░░░░░░  33 %  100 MB/s  20 s left  largest 12 MB fraud/seen "鍵-19"',
      'exporting  ████████░░░░░░░░░░░░░░░░  33 %  100 MB/s  20 s left  largest 12 MB …',
      'exporting  ██████░░░░░░░░░░░  33 %  100 MB/s  20 s left',
      'exporting  █████░░░░░░░░░░░  33 %  100 MB/s',
      'exporting  ██░░░░  33 %  100 MB/s',
      'exporting  ██░░░░  33 %',
      'exporting  33 %',
      '33 %',
    ]);
  });

  test('leaves the cursor on its line, whatever the width', () => {
    for (let width = 1; width < 140; width++) {
      for (const elapsedMillis of [0, 200, 10_000]) {
        const line = progressLine({ ...EXPORTING, elapsedMillis }, width);
        // The key holds one wide character.
        const columns = [...line].length + (line.includes('鍵') ? 1 : 0);
        assert.ok(columns < width, `${columns} of ${width}: ${line}`);
      }
    }
  });

  test('is of ASCII where the locale is not UTF-8, and not drawn by a dumb terminal', () => {
    assert.deepEqual(barStyleOf({ LANG: 'en_US.UTF-8', TERM: 'xterm' }), { drawn: true, ascii: false });
    assert.deepEqual(barStyleOf({ LANG: 'en_US.UTF-8', LC_ALL: 'C' }), { drawn: true, ascii: true });
    assert.deepEqual(barStyleOf({ LC_ALL: '', LANG: 'C.utf8' }), { drawn: true, ascii: false });
    assert.deepEqual(barStyleOf({}), { drawn: true, ascii: false });
    assert.equal(barStyleOf({ TERM: 'dumb' }).drawn, false);
    const line = progressLine({ ...EXPORTING, found: undefined }, 60, true);
    assert.match(line, /^exporting {2}#+-+ {2}33 %/);
    const stream = recorder(true);
    new StreamLog(stream, () => 0, { drawn: false, ascii: false }).progress('reading', 1, 2);
    assert.deepEqual(stream.written, []);
  });

  test('begins anew with other work, and what is found cannot steer the terminal', () => {
    let now = 0;
    const stream = { ...recorder(true), columns: 100 };
    const log = new StreamLog(stream, () => now);
    log.progress('reading', 0, 100);
    now += 60_000;
    log.progress('writing', 0, 100);
    now += 1000;
    log.progress('writing', 50, 100, 'key \u001b[2J');
    assert.match(stream.written.at(-1)!, /50 % {2}50 B\/s {2}1 s left {2}key \\u001b/);
  });

  test('makes room for what is printed on the same terminal, and comes back', async () => {
    let now = 0;
    const written: string[] = [];
    const log = new StreamLog({ isTTY: true, columns: 60, write: (text) => written.push(text) }, () => now);
    const terminal = new Writable({
      write(chunk, _encoding, done) {
        written.push(String(chunk));
        done();
      },
    });
    const output = new StreamOutput(Object.assign(terminal, { isTTY: true }), () => log.hide());
    log.progress('comparing', 1, 10);
    await output.write('a change\n');
    now += 1000;
    log.progress('comparing', 5, 10);
    await output.write('another\n');
    await output.write('and one more\n');
    log.clear();
    assert.deepEqual(
      written.map((text) => (text.includes('comparing') ? 'bar' : text)),
      ['bar', '\r\u001b[K', 'a change\n', 'bar', '\r\u001b[K', 'another\n', 'and one more\n'],
    );
  });

  test('a note cannot steer the terminal', () => {
    const stream = recorder(true);
    new StreamLog(stream).error('bad \u001b[2J name\nsecond line');
    assert.deepEqual(stream.written, ['bad \\u001b[2J name\nsecond line\n']);
  });
});

describe('terminal', () => {
  test('colour and width', () => {
    assert.deepEqual(terminalOf({ isTTY: true, columns: 90 }, {}), {
      isTerminal: true,
      width: 90,
      colour: true,
      hyperlinks: false,
    });
    assert.equal(terminalOf({ isTTY: true, columns: 90 }, { NO_COLOR: '1' }).colour, false);
    assert.equal(terminalOf({ isTTY: true, columns: 90 }, { NO_COLOR: '' }).colour, true);
    assert.equal(terminalOf({ isTTY: true }, { TERM: 'dumb' }).colour, false);
    assert.equal(terminalOf({ isTTY: true, columns: 90 }, { COLUMNS: '40' }).width, 40);
    assert.deepEqual(terminalOf({}, {}), {
      isTerminal: false,
      width: Number.POSITIVE_INFINITY,
      colour: false,
      hyperlinks: false,
    });
  });

  test('hyperlinks: terminals that are known to take them, or as told', () => {
    const takes = (env: { readonly [name: string]: string | undefined }, isTTY = true) =>
      terminalOf({ isTTY }, env).hyperlinks;
    const kitty = { TERM: 'xterm-kitty' };
    for (const env of [
      kitty,
      { VTE_VERSION: '7402' },
      { WT_SESSION: 'x' },
      { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.4.1' },
      { TERM: 'dumb', FORCE_HYPERLINK: '1' },
    ]) {
      assert.equal(takes(env), true, JSON.stringify(env));
    }
    for (const env of [
      {},
      { TERM: 'xterm-256color' },
      { TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4' },
      { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.9' },
      { VTE_VERSION: '5000' },
      { ...kitty, CI: 'true' },
      { ...kitty, NO_COLOR: '1' },
      { ...kitty, FORCE_HYPERLINK: '0' },
    ]) {
      assert.equal(takes(env), false, JSON.stringify(env));
    }
    assert.equal(takes(kitty, false), false);
    assert.equal(takes({ FORCE_HYPERLINK: '1' }, false), true);
  });
});

describe('output', () => {
  test('waits for a slow reader', async () => {
    const chunks: Buffer[] = [];
    let waiting: (() => void) | undefined;
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk, _encoding, done) {
        chunks.push(chunk);
        waiting = done;
      },
    });
    const output = new StreamOutput(slow);
    await output.write('first');
    const flushed = output.flush();
    let over = false;
    void flushed.then(() => {
      over = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(over, false);
    waiting!();
    await flushed;
    assert.equal(Buffer.concat(chunks).toString(), 'first');
  });

  test('a reader that has gone ends it without an error; any other failure is one', async () => {
    for (const [code, expected] of [
      ['EPIPE', ReaderGone],
      ['ENOSPC', StatewrightError],
    ] as const) {
      const broken = new Writable({
        highWaterMark: 1,
        write: (_chunk, _encoding, done) => done(Object.assign(new Error('broken'), { code })),
      });
      const output = new StreamOutput(broken);
      await assert.rejects(
        async () => {
          for (let i = 0; i < 3; i++) {
            await output.write(`line ${i}\n`);
            await output.flush();
          }
        },
        (error: Error) => error.constructor === expected,
      );
    }
  });
});

describe('times', () => {
  test('durations', () => {
    const texts = ['500ms', '30m', '12h', '7d', '1d12h', 'PT12H', 'P7D', 'P1DT1H', '1.5h'];
    assert.deepEqual(
      texts.map(parseDuration),
      [500, 1.8e6, 4.32e7, 6.048e8, 1.296e8, 4.32e7, 6.048e8, 9e7, 5.4e6],
    );
    for (const text of ['', 'soon', '5', '5 days', 'P', 'PT', '-1d'])
      assert.throws(() => parseDuration(text), /USAGE/, text);
  });

  test('times', () => {
    const texts = [
      '0',
      '2026-01-31',
      '2026-01-31T12:00:00',
      '2026-01-31T12:00:00Z',
      '2026-01-31T13:00:00+01:00',
    ];
    const noon = Date.UTC(2026, 0, 31, 12);
    assert.deepEqual(texts.map(parseTime), [0, noon - 4.32e7, noon, noon, noon]);
    for (const text of ['', 'now', '31.1.2026', '2026-13-01'])
      assert.throws(() => parseTime(text), /USAGE/, text);
  });
});
