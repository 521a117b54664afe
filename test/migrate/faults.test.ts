import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { type ApplyView, apply, verify } from '@statewright/migrate';
import { FIXTURES } from '../hostile/samples.js';
import { type Call, contents, type Fault, FaultFileSystem, filesOf } from './fault-file-system.js';

/*
 * Whatever goes wrong at whichever call: the output is absent or whole, the input is as it was, and the same call again gives
 * the bytes of a run to which nothing happened.
 */

const INPUT = '/in/savepoint';
const OUTPUT = '/out/new';
const FOLDER = join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint');

const PLANS: { readonly [name: string]: string } = {
  metadata: 'rename-state: { state: fraud-detector/tx-count, to: event-count }',
  rewriting: 'drop-state: { state: fraud-detector/tx-count }',
  regrouping: 'set-max-parallelism: { operator: fraud-detector, to: 16 }',
};

function run(fs: FaultFileSystem, step: string): Promise<ApplyView> {
  const plan = { file: 'plan.yaml', text: `version: 1\nsteps:\n  - ${step}\n`, directory: '/in' };
  return apply(INPUT, plan, OUTPUT, { fs, allowLossy: true, clock: () => 1_700_000_000_000 });
}

function fresh(): Map<string, Uint8Array> {
  return filesOf(FOLDER, INPUT);
}

const KILLS: readonly Fault[] = ['kill-before', 'kill-after'];
const FAULTS: { readonly [call in Call['what']]: readonly Fault[] } = {
  read: ['read-error'],
  create: [...KILLS, 'write-error'],
  write: [...KILLS, 'write-error', 'disk-full'],
  commit: [...KILLS, 'write-error'],
  delete: KILLS,
  abort: [],
};

/** The numbers of the calls at which a fault is tried out. */
function faultsOf(calls: readonly Call[]): { readonly at: number; readonly what: Fault }[] {
  return calls.flatMap(({ what: call }, at) => FAULTS[call].map((what) => ({ at, what })));
}

for (const [name, step] of Object.entries(PLANS)) {
  describe(`a plan that is ${name}, disturbed at every call`, () => {
    let calls: readonly Call[] = [];
    let expected: { [name: string]: string } = {};
    const input = contents(fresh(), INPUT);

    before(async () => {
      const fs = new FaultFileSystem(fresh());
      const view = await run(fs, step);
      assert.equal(view.error, null);
      calls = fs.calls;
      expected = contents(fs.files, OUTPUT);
    });

    test('undisturbed: state files and _metadata, and nothing else', () => {
      assert.ok(Object.keys(expected).length > 4);
      assert.ok(
        Object.keys(expected).every((file) => /^(_metadata|[0-9a-f-]+(-\w+)?(-\w+)*)$/.test(file)),
        Object.keys(expected).join(),
      );
    });

    test('absent or whole; the input untouched; the same again completes', async () => {
      const faults = faultsOf(calls);
      assert.ok(faults.length > 100, `${faults.length} faults`);
      for (const fault of faults) {
        const at = `${fault.what} at call ${fault.at}, ${calls[fault.at]!.what} ${calls[fault.at]!.path}`;
        const disturbed = new FaultFileSystem(fresh(), fault);
        const view = await run(disturbed, step);
        const { files } = disturbed;
        assert.deepEqual(contents(files, INPUT), input, at);
        if (files.has(`${OUTPUT}/_metadata`)) assertWhole(files, expected, at);
        else assert.notEqual(view.error, null, at);
        const again = await run(new FaultFileSystem(files), step);
        if (again.error?.code === 'ALREADY_EXISTS')
          assert.ok(files.has(`${OUTPUT}/_metadata`), `${at}: ${again.error.message}`);
        else assert.equal(again.error, null, at);
        assert.deepEqual(contents(files, OUTPUT), expected, at);
        assert.deepEqual(contents(files, INPUT), input, at);
      }
    });
  });
}

/** The output holds what an undisturbed run leaves; traces of the run may still lie beside it. */
function assertWhole(
  files: ReadonlyMap<string, Uint8Array>,
  expected: { readonly [name: string]: string },
  at: string,
): void {
  const found = contents(files, OUTPUT);
  for (const [name, bytes] of Object.entries(expected)) assert.equal(found[name], bytes, `${name}: ${at}`);
}

describe('an output that is not whole', () => {
  const step = PLANS.rewriting!;

  async function killedAt(what: Call['what'], pattern: RegExp): Promise<Map<string, Uint8Array>> {
    const trial = new FaultFileSystem(fresh());
    await run(trial, step);
    const at = trial.calls.findLastIndex((call) => call.what === what && pattern.test(call.path));
    assert.ok(at >= 0);
    const fs = new FaultFileSystem(fresh(), { at, what: 'kill-before' });
    await run(fs, step);
    return fs.files;
  }

  test('is refused to another plan', async () => {
    const files = await killedAt('commit', /_metadata$/);
    const { error } = await run(new FaultFileSystem(files), PLANS.metadata!);
    assert.equal(error?.code, 'ALREADY_EXISTS');
    assert.match(error.message, /unfinished run of another plan/);
  });

  test('is refused to another input', async () => {
    const files = await killedAt('commit', /_metadata$/);
    const path = `${INPUT}/_metadata`;
    const changed = Uint8Array.from(files.get(path)!);
    // The checkpoint's id.
    changed[15]! ^= 1;
    files.set(path, changed);
    const { error } = await run(new FaultFileSystem(files), step);
    assert.equal(error?.code, 'CHANGED');
  });

  test('keeps what was written, unless it is damaged', async () => {
    const files = await killedAt('commit', /_metadata$/);
    const [state] = [...files.keys()].filter((path) => path.startsWith(`${OUTPUT}/`) && !path.includes('/.'));
    const damaged = Uint8Array.from(files.get(state!)!);
    damaged[damaged.length - 1]! ^= 1;
    files.set(state!, damaged);
    const view = await run(new FaultFileSystem(files), step);
    assert.equal(view.error, null);
    const sound = await verify(OUTPUT, { fs: new FaultFileSystem(files) });
    assert.deepEqual(sound.damage, []);
    assert.deepEqual(sound.orphans, []);
  });

  test('cannot be opened', async () => {
    const files = await killedAt('commit', /_metadata$/);
    const { error } = await verify(OUTPUT, { fs: new FaultFileSystem(files) });
    assert.equal(error?.code, 'NOT_A_SNAPSHOT');
  });
});
