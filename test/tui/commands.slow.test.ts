import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../architecture/source-tree.js';
import { type Browser, openBrowser } from './press.js';

/* `c` shows a command line: a shell runs it as it stands there, and it prints what the screen is about. */

const run = promisify(execFile);
const FRAUD = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const HOSTILE = 'fixtures/savepoints/zoo-hostile-flink2.3-hashmap-savepoint-compressed';
const KEYS = 'fixtures/savepoints/zoo-keys-flink2.3-rocksdb-savepoint';
const OLDER = 'fixtures/savepoints/fraud-detector-flink1.20-rocksdb-savepoint';

/** What `c` shows, put together again where the screen has wrapped it. */
async function commandOf(ui: Browser): Promise<string> {
  await ui.press('c');
  const rows = ui.frame().split('\n').slice(3, -1);
  await ui.press('escape');
  return rows.join('').trim();
}

/** Runs it in a shell in which `statewright` is the program of this checkout. */
async function print(command: string): Promise<string> {
  const program = `"${process.execPath}" "${path.join(ROOT, 'cli/dist/main.js')}"`;
  const script = `statewright() { ${program} "$@"; }; ${command}`;
  const { stdout } = await run('bash', ['-c', script], { cwd: ROOT, maxBuffer: 1 << 26 });
  return stdout;
}

/** The snapshot, the keys that lead to a screen (`=text` types), and what its command prints. */
const SCREENS: readonly (readonly [string, string, RegExp])[] = [
  [FRAUD, '', /alert-buffer/],
  [FRAUD, 'enter', /last-amount/],
  [FRAUD, 'enter enter', /"account-17"/],
  [FRAUD, 'enter h', /fraud-detector\/last-amount/],
  [FRAUD, 'enter enter g =account-17 enter enter', /208\.35/],
  [FRAUD, 'enter enter g =account-17 enter enter x', /account-17/],
  [FRAUD, 'down enter enter', /account-/],
  [FRAUD, 's', /135|seen-merchants/],
  [FRAUD, 's t =7d enter enter', /seen-merchants/],
  [FRAUD, 'f', /default-max-parallelism/],
  [FRAUD, 'f enter', /default-max-parallelism/],
  [FRAUD, 'f t =2.3 enter', /2\.3/],
  [FRAUD, 'T', /timer/],
  [FRAUD, 'F', /canonical/],
  [FRAUD, `d =${OLDER} enter`, /156 → 156 entries/],
  [HOSTILE, 'enter enter enter', /"key":/],
  [HOSTILE, 'enter enter G enter', /"key":/],
  [HOSTILE, 'enter enter enter x', /./],
  [KEYS, 'enter enter enter', /"key":/],
  [KEYS, 'down down down enter enter enter', /"key":/],
];

describe('the command line that c shows runs in a shell and prints this view', () => {
  for (const [snapshot, keys, wanted] of SCREENS) {
    test(`${path.basename(snapshot)}: ${keys}`, async () => {
      const ui = await openBrowser(snapshot, { width: 160, height: 40 });
      for (const key of keys.split(' ').filter(Boolean)) {
        if (key.startsWith('=')) await ui.type(key.slice(1));
        else await ui.press(key);
      }
      const command = await commandOf(ui);
      assert.match(command, /^statewright \w+ /);
      assert.match(await print(command), wanted, command);
    });
  }

  test('every key of the hostile snapshot is found again by it, and none is run', async () => {
    const ui = await openBrowser(HOSTILE, { width: 160, height: 40 });
    await ui.press('enter', 'enter');
    const { rows } = ui.runtime.machine.app.stack.at(-1)!.state as {
      readonly rows: readonly { key: string }[];
    };
    for (const { key } of rows) {
      await ui.press('enter');
      const command = await commandOf(ui);
      // No entry in this state would end with an exit code of 1.
      const [line] = (await print(command)).split('\n');
      // The list keeps the first characters of a long key.
      assert.ok((JSON.parse(line!) as { readonly key: string }).key.startsWith(key), command);
      await ui.press('escape', 'down');
    }
  });
});
