import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { after, describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';
import { Tmux } from './tmux.js';

/* A plan from its first step to the snapshot that it makes, in the real program in a real terminal. */

const SNAPSHOT = 'fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint';
const FRAUD = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const MAIN = path.join(ROOT, 'cli/dist/main.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-builder-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function start(snapshot: string): Tmux {
  const command = `${process.execPath} ${MAIN} browse ${snapshot}`;
  return new Tmux(
    `cd ${ROOT} && PS1='ready> ' exec bash --norc -c '${command}; echo ended; exec bash --norc'`,
    80,
    24,
  );
}

/** Presses keys, then waits until the screen is as wanted. */
async function press(tmux: Tmux, keys: readonly string[], wanted: RegExp): Promise<string> {
  tmux.press(...keys);
  const screen = await tmux.until((each) => wanted.test(each));
  assert.match(screen, wanted);
  return screen;
}

/** Types an answer in place of what stands there. */
async function answer(tmux: Tmux, text: string, wanted: RegExp): Promise<string> {
  tmux.press('C-u');
  tmux.text(text);
  return press(tmux, ['Enter'], wanted);
}

async function command(tmux: Tmux, name: string, wanted: RegExp): Promise<void> {
  tmux.text(`:${name}`);
  await press(tmux, ['Enter'], wanted);
}

async function isUsable(tmux: Tmux): Promise<void> {
  await tmux.until((each) => each.includes('ended'));
  assert.equal(tmux.format('#{alternate_on} #{cursor_flag} #{wrap_flag}'), '0 1 1');
  tmux.text('echo so-$((40 + 2))');
  await press(tmux, ['Enter'], /so-42/);
}

describe('a plan in a terminal', () => {
  test('of three steps is previewed, saved, applied, verified and opened; the terminal is resized in between', async () => {
    const tmux = start(SNAPSHOT);
    const [file, output] = [path.join(folder, 'plan.yaml'), path.join(folder, 'new')];
    try {
      await tmux.until((screen) => screen.includes('pojos  '));
      await press(tmux, ['Enter'], /customer-with-ttl/);
      await press(tmux, ['t'], /active: boolean/);
      await press(tmux, ['Down', 'Down', 'Down', 'r'], /new name of the field: active/);
      await answer(tmux, 'enabled', /enabled: boolean {2}> was active/);
      tmux.resize(110, 34);
      await press(tmux, ['Up', 'Up', 'Up', 't'], /new type: int/);
      await answer(tmux, 'long', /values that do not fit/);
      await press(tmux, ['Enter'], /age: long {2}~ was int/);
      await press(tmux, ['Home', 'r'], /new name of the state: customer/);
      await answer(tmux, 'client', /pojos\/client: .* > was pojos\/customer/);
      await command(tmux, 'plan', /3 steps · rewrites data/);
      await press(tmux, ['p'], /nothing was written: 3 states would change/);
      tmux.resize(80, 24);
      await press(tmux, ['q'], /3 steps · rewrites data/);
      await press(tmux, ['w'], /save as the new file/);
      await answer(tmux, file, /is written: 3 steps/);
      await press(tmux, ['a'], /write the new snapshot/);
      await answer(tmux, output, /done: .* is whole/);
      await press(tmux, ['v'], /sound, and what the plan makes of its source/);
      await press(tmux, ['Enter'], /OPERATOR/);
      await press(tmux, ['Enter'], /^client +value/m);
      tmux.press('C-c');
      await isUsable(tmux);
    } finally {
      tmux.close();
    }
    assert.deepEqual(readFileSync(file, 'utf8').split('\n').slice(2, -1), [
      '  - rename-field: { class: dev.statewright.fixtures.jobs.zoo.Customer, field: active, to: enabled }',
      '  - retype-field: { class: dev.statewright.fixtures.jobs.zoo.Customer, field: age, to: long }',
      '  - rename-state: { state: pojos/customer, to: client }',
    ]);
    // The command line makes the same of the saved plan.
    const args = ['verify', output, '--source', SNAPSHOT, '--plan', file];
    assert.match(
      execFileSync(process.execPath, [MAIN, ...args], { cwd: ROOT, encoding: 'utf8' }),
      /it is what the plan makes of the source/,
    );
  });

  for (const [way, leave] of [
    ['SIGTERM', (tmux: Tmux) => kill(tmux, 'SIGTERM')],
    ['ctrl+c', (tmux: Tmux) => tmux.press('C-c')],
  ] as const) {
    test(`that is being applied at ${way} leaves a terminal that can be used and nothing that can be loaded`, async () => {
      const source = largeSnapshot();
      const output = path.join(folder, `cut-by-${way}`);
      const tmux = start(source);
      try {
        await tmux.until((screen) => screen.includes('profiles  '));
        await press(tmux, ['Enter'], /^counts +value/m);
        await press(tmux, ['r'], /new name of the state: counts/);
        await answer(tmux, 'numbers', /step 1 of the plan/);
        await press(tmux, ['+'], /map-values/);
        await press(tmux, ['Down', 'Down', 'Down', 'Down', 'Enter'], /new value \(CEL\)/);
        await answer(tmux, 'value + 1', /step 2 of the plan/);
        await command(tmux, 'plan', /2 steps · /);
        await press(tmux, ['a'], /write the new snapshot/);
        await answer(tmux, output, /this plan loses values|applying the plan/);
        if (/loses values/.test(tmux.screen())) await answer(tmux, 'yes', /applying the plan/);
        await tmux.until(() => existsSync(path.join(output, '.statewright')));
        leave(tmux);
        await isUsable(tmux);
      } finally {
        tmux.close();
      }
      assert.equal(existsSync(path.join(output, '_metadata')), false);
      const result = runs(['inspect', output]);
      assert.notEqual(result, 0);
    });
  }
});

/** The exit code of the program. */
function runs(args: readonly string[]): number | null {
  try {
    execFileSync(process.execPath, [MAIN, ...args], { cwd: ROOT, stdio: 'ignore' });
    return 0;
  } catch (error) {
    return (error as { readonly status: number | null }).status;
  }
}

/** Enough rows that rewriting them takes seconds. */
const ROWS = 600_000;

/** A snapshot with a state that is large, made once. */
function largeSnapshot(): string {
  const output = path.join(folder, 'large');
  if (existsSync(output)) return output;
  const rows = Array.from({ length: ROWS }, (_, i) => `{"key":"user-${i}","value":${i}}\n`);
  writeFileSync(path.join(folder, 'rows.ndjson'), rows.join(''));
  writeFileSync(
    path.join(folder, 'load.yaml'),
    `version: 1
steps:
  - load-state: { state: profiles/counts, kind: value, key: string, value: long, from: rows.ndjson, maxParallelism: 128 }
`,
  );
  const args = ['apply', FRAUD, path.join(folder, 'load.yaml'), '-o', output, '--quiet'];
  execFileSync(process.execPath, [MAIN, ...args], { cwd: ROOT, stdio: 'ignore' });
  return output;
}

/** Sends a signal to the browser: the child of the pane's shell. */
function kill(tmux: Tmux, signal: NodeJS.Signals): void {
  const pid = tmux.format('#{pane_pid}');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  process.kill(Number(children[0]), signal);
}
