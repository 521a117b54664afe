import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { LocalFileSystem } from '@statewright/bytes';
import { type ApplyOptions, type ApplyView, apply, plan, verify } from '@statewright/migrate';
import { FIXTURES } from '../hostile/samples.js';

const RENAME = 'rename-state: { state: fraud-detector/tx-count, to: event-count }';
const DROP = 'drop-state: { state: fraud-detector/tx-count }';
const SOURCE = join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint');

let scratch = '';
let outputs = 0;
before(() => {
  scratch = mkdtempSync(join(tmpdir(), 'statewright-apply-'));
});
after(() => rmSync(scratch, { recursive: true, force: true }));

function planOf(...steps: readonly string[]) {
  const list = steps.length === 0 ? ' []' : steps.map((step) => `\n  - ${step}`).join('');
  return { file: 'plan.yaml', text: `version: 1\nsteps:${list}\n`, directory: scratch };
}

function newOutput(): string {
  return join(scratch, `out-${outputs++}`);
}

/** Names and bytes of a directory, in hex. */
function bytesOf(directory: string): { [name: string]: string } {
  return Object.fromEntries(
    readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'hex')]),
  );
}

async function done(step: string, options: ApplyOptions = {}, source = SOURCE): Promise<string> {
  const output = newOutput();
  const view = await apply(source, planOf(step), output, { allowLossy: true, ...options });
  assert.equal(view.error?.message, undefined);
  return output;
}

const CANONICAL = readdirSync(FIXTURES).filter((name) => /savepoint(-compressed|-inline)?$/.test(name));

describe('a plan without steps gives the same bytes', () => {
  test('there are fixtures', () => assert.ok(CANONICAL.length > 20));
  for (const name of CANONICAL) {
    test(name, async () => {
      const output = newOutput();
      const source = join(FIXTURES, name);
      const view = await apply(source, planOf(), output);
      assert.equal(view.error?.message, undefined);
      const { 'expect.json': _, 'expect.entries.ndjson': __, ...files } = bytesOf(source);
      assert.deepEqual(bytesOf(output), files);
    });
  }
});

describe('what is written does not hang on how', () => {
  for (const step of [RENAME, DROP]) {
    test(`one thread, two, and the report elsewhere: ${step}`, async () => {
      const one = bytesOf(await done(step, { workers: 1 }));
      assert.deepEqual(bytesOf(await done(step, { workers: 2 })), one);
      assert.deepEqual(bytesOf(await done(step, { reportFile: null })), one);
    });
  }

  test('files are synced under their names only; the report lies beside the output', async () => {
    const output = await done(DROP);
    assert.ok(readdirSync(output).every((name) => !name.startsWith('.')));
    const report = JSON.parse(readFileSync(`${output}.report.json`, 'utf8')) as ApplyView;
    assert.equal(report.view, 'apply');
    assert.deepEqual(report.files.map(({ name }) => name).sort(), readdirSync(output).sort());
    const [state] = report.states;
    assert.deepEqual(state?.entries, { before: 40, after: 0 });
  });
});

describe('refused', () => {
  async function refused(
    step: string,
    output: string,
    options: ApplyOptions,
    source = SOURCE,
  ): Promise<ApplyView> {
    const view = await apply(source, planOf(step), output, options);
    assert.notEqual(view.error, null);
    assert.ok(view.steps.every(({ status }) => status !== 'Success'));
    assert.deepEqual(view.files, []);
    return view;
  }

  test('what loses values, unless that is allowed', async () => {
    const output = newOutput();
    const { error } = await refused(DROP, output, {});
    assert.equal(error?.code, 'LOSSY');
    assert.match(error.message, /all its entries/);
    assert.ok(!existsSync(output));
  });

  test('an output in the snapshot, also through a link', async () => {
    const copy = join(scratch, 'copy');
    cpSync(SOURCE, copy, { recursive: true });
    symlinkSync(copy, join(scratch, 'link'));
    for (const output of [join(copy, 'new'), join(scratch, 'link', 'new')]) {
      const { error } = await refused(RENAME, output, {}, copy);
      assert.equal(error?.code, 'USAGE');
    }
    assert.ok(!existsSync(join(copy, 'new')));
  });

  test('a report in the snapshot, and one that is there', async () => {
    const inside = await refused(RENAME, newOutput(), { reportFile: join(SOURCE, 'report.json') });
    assert.equal(inside.error?.code, 'USAGE');
    const output = newOutput();
    mkdirSync(`${output}.report.json`);
    assert.equal((await refused(RENAME, output, {})).error?.code, 'ALREADY_EXISTS');
  });

  test('an empty directory that is there', async () => {
    const output = newOutput();
    mkdirSync(output);
    assert.equal((await refused(RENAME, output, {})).error?.code, 'ALREADY_EXISTS');
  });

  test('a disk that is too small', async () => {
    class SmallDisk extends LocalFileSystem {
      override async freeBytes(): Promise<number> {
        return 1000;
      }
    }
    const { error } = await refused(RENAME, newOutput(), { fs: new SmallDisk() });
    assert.equal(error?.code, 'IO_FAILED');
    assert.match(error.message, /only 1000 are free/);
  });
});

describe('told to stop', () => {
  test('nothing can be loaded, and the same again completes', async () => {
    const expected = bytesOf(await done(DROP));
    const output = newOutput();
    const controller = new AbortController();
    const progress = {
      what: '',
      bytesTotal: 0,
      get bytesDone() {
        return 0;
      },
      set bytesDone(bytes: number) {
        if (bytes > 0) controller.abort();
      },
    };
    const own = { allowLossy: true, progress, signal: controller.signal };
    const view = await apply(SOURCE, planOf(DROP), output, own);
    assert.equal(view.error?.code, 'STOPPED');
    assert.match(view.error.message, /the same command goes on/);
    assert.ok(!existsSync(join(output, '_metadata')));
    const again = await apply(SOURCE, planOf(DROP), output, { allowLossy: true });
    assert.equal(again.error, null);
    assert.deepEqual(bytesOf(output), expected);
  });
});

describe('steps end', () => {
  test('as Success, Error and NotExecuted', async () => {
    const view = await plan(SOURCE, planOf(RENAME, 'drop-state: { state: fraud-detector/nothing }', DROP));
    assert.deepEqual(
      view.steps.map(({ status }) => status),
      ['Success', 'Error', 'NotExecuted'],
    );
    assert.equal(view.steps[1]?.error?.line, 4);
    assert.equal(view.category, null);
  });

  test('a snapshot that is none is in the result, too', async () => {
    const view = await plan(scratch, planOf(RENAME));
    assert.equal(view.error?.code, 'NOT_A_SNAPSHOT');
    assert.equal(view.snapshot, null);
    const found = await verify(scratch);
    assert.equal(found.error?.code, 'NOT_A_SNAPSHOT');
  });
});
