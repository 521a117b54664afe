import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openSavepoint } from '@statewright/savepoint';
import { Random } from '../hostile/random.js';
import { FIXTURES } from '../hostile/samples.js';

/*
 * The real program, on the disk, in threads, ended by SIGKILL at random moments: it goes on where it ended, is killed again, and in
 * the end the output is that of a run which nobody disturbed. STATEWRIGHT_SEED tries other moments.
 */

const MAIN = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
const KILLS = 50;
/** Enough that it is worth two threads, see runner-for.ts. */
const ROWS = 500_000;
const SEED = Number(process.env.STATEWRIGHT_SEED ?? 20_261_125);

const PLAN = `version: 1
steps:
  - map-values: { state: profiles/counts, value: value + 1 }
  - rename-state: { state: fraud-detector/tx-count, to: event-count }
  - set-max-parallelism: { operator: profiles, to: 4096 }
`;

let scratch = '';
let source = '';
let sourceDigest = '';

/** Names and bytes below a directory as one text. */
function digestOf(directory: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(directory).sort()) {
    // Of a journal that was being removed, an empty folder may be left.
    if (name === '.statewright') continue;
    hash.update(`${name}\n`).update(readFileSync(join(directory, name)));
  }
  return hash.digest('hex');
}

/** Runs the program; kills it after some milliseconds, if it is still there. Gives the exit code, null for a kill. */
async function run(args: readonly string[], killAfter?: number): Promise<number | null> {
  const child = spawn(process.execPath, [MAIN, ...args, '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  if (killAfter !== undefined)
    await Promise.race([ended, sleep(killAfter).then(() => child.kill('SIGKILL'))]);
  const code = await ended;
  assert.ok(code === 0 || code === null, errors);
  return code;
}

async function makeSource(): Promise<void> {
  const rows = createWriteStream(join(scratch, 'rows.ndjson'));
  for (let i = 0; i < ROWS; i++) {
    if (!rows.write(`{"key":"user-${i}","value":${i}}\n`)) await once(rows, 'drain');
  }
  await new Promise<void>((resolve) => {
    rows.end(resolve);
  });
  const text = `version: 1
steps:
  - load-state: { state: profiles/counts, kind: value, key: string, value: long, from: rows.ndjson, maxParallelism: 128, parallelism: 2 }
`;
  writeFileSync(join(scratch, 'load.yaml'), text);
  const fixture = join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint');
  await run(['apply', fixture, join(scratch, 'load.yaml'), '-o', source]);
}

describe('apply, killed', () => {
  before(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'statewright-kill-'));
    source = join(scratch, 'source');
    writeFileSync(join(scratch, 'plan.yaml'), PLAN);
    await makeSource();
    sourceDigest = digestOf(source);
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  test(`${KILLS} times at random moments: absent or whole, and in the end the same bytes`, async () => {
    const random = new Random(SEED);
    const argsFor = (output: string) => ['apply', source, join(scratch, 'plan.yaml'), '-o', output];
    const undisturbed = join(scratch, 'undisturbed');
    const began = Date.now();
    await run(argsFor(undisturbed));
    const millis = Date.now() - began;
    const expected = digestOf(undisturbed);
    const size = readdirSync(undisturbed).reduce(
      (sum, name) => sum + statSync(join(undisturbed, name)).size,
      0,
    );
    assert.ok(size > 8 << 20, `${size} bytes`);

    let kills = 0;
    let resumed = 0;
    for (let round = 0; kills < KILLS; round++) {
      const output = join(scratch, `out-${round}`);
      let code: number | null = null;
      // At most a few kills each, so that early and late moments both come.
      for (let attempt = 0; code === null; attempt++) {
        const isLast = attempt === 4;
        code = await run(argsFor(output), isLast ? undefined : 1 + random.below(millis));
        if (code === 0) continue;
        kills++;
        if (existsSync(join(output, '.statewright'))) resumed++;
        if (!existsSync(join(output, '_metadata'))) continue;
        // It was killed behind its last write: what is there is whole.
        await openSavepoint(output);
        const files = readdirSync(undisturbed).map(
          (name) => [name, readFileSync(join(output, name))] as const,
        );
        for (const [name, bytes] of files)
          assert.ok(bytes.equals(readFileSync(join(undisturbed, name))), name);
        if (!existsSync(join(output, '.statewright', 'journal.json'))) break;
      }
      assert.equal(digestOf(output), expected, `round ${round}, seed ${SEED}`);
      assert.equal(digestOf(source), sourceDigest, `round ${round}, seed ${SEED}`);
      rmSync(output, { recursive: true });
      rmSync(`${output}.report.json`, { force: true });
    }
    assert.ok(resumed > KILLS / 4, `${resumed} of ${kills} kills left something to go on from`);
  });
});
