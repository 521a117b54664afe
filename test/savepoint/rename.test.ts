import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { type FileSystem, type FileWriter, LocalFileSystem, StatewrightError } from '@statewright/bytes';
import {
  openSavepoint,
  operatorIdOfUid,
  type Renames,
  readEntries,
  renameStates,
  type Savepoint,
  type State,
} from '@statewright/savepoint';
import { CORPUS, FIXTURES } from './corpus.js';
import { canonicalText, entryLine } from './entry-json.js';

const scratch = mkdtempSync(join(tmpdir(), 'statewright-rename-'));
after(() => rmSync(scratch, { recursive: true }));
let outputs = 0;

function output(): string {
  return join(scratch, `out-${++outputs}`);
}

const UIDS = ['fraud-detector', 'alert-buffer', 'rules'];

function open(path: string): Promise<Savepoint> {
  return openSavepoint(path, { uidCandidates: [...UIDS, 'renamed'], relocate: true });
}

function stateOf(savepoint: Savepoint, name: string): State {
  const state = savepoint.operators.flatMap((each) => each.states).find((each) => each.name === name);
  assert.ok(state, `state ${name}`);
  return state;
}

/** All entries as sorted text, with names changed as the rename changes them. */
async function lines(savepoint: Savepoint, names: Readonly<Record<string, string>>): Promise<string[]> {
  const texts: string[] = [];
  const states = savepoint.operators.flatMap((operator) => operator.states);
  for await (const batch of readEntries(savepoint, states, { verifyKeyGroups: true })) {
    for (const entry of batch) {
      const line = entryLine(entry);
      texts.push(canonicalText({ ...line, state: names[line.state as string] ?? line.state }));
    }
  }
  return texts.sort();
}

/** Every file of a directory, by name. */
function files(directory: string): Map<string, Buffer> {
  return new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name))]));
}

/** The bytes behind the header of every stream: what a rename must not touch. */
function behindHeaders(savepoint: Savepoint): string[] {
  return savepoint.operators.flatMap((operator) =>
    operator.streams.map((stream) => {
      const { ref } = stream;
      if (ref.kind === 'empty') return '';
      const path = ref.kind === 'file' ? ref.path : savepoint.location.metadataPath;
      const start = ref.kind === 'file' ? ref.start : ref.span.start;
      return readFileSync(path)
        .subarray(start + stream.headerLength, start + ref.size)
        .toString('hex');
    }),
  );
}

const NAMES = {
  'last-amount': 'amount-before-this-one',
  'seen-merchants': 'm',
  'buffered-alerts': 'alerts ✓',
  'sent-offsets': 'offsets',
  rules: 'broadcast-rules',
};

describe('renamed states hold the same entries under their new names, and nothing else changes', () => {
  const names = readdirSync(FIXTURES).filter((name) =>
    /^fraud-detector-flink.*(savepoint|checkpoint)/.test(name),
  );
  const readable = names.filter((name) => !/rocksdb-(savepoint-native|checkpoint)|changelog/.test(name));
  assert.ok(readable.length >= 14, `${readable.length} fixtures`);
  for (const name of readable) {
    test(name, async () => {
      const input = join(FIXTURES, name);
      const before = files(input);
      const savepoint = await open(input);
      const states = Object.entries(NAMES).map(([old, to]) => ({ state: stateOf(savepoint, old), to }));
      const directory = output();
      const written = await renameStates(savepoint, { states }, directory);
      assert.equal(written.files, readdirSync(directory).length);

      const renamed = await open(directory);
      assert.deepEqual(await lines(renamed, {}), await lines(savepoint, NAMES));
      assert.deepEqual(behindHeaders(renamed), behindHeaders(savepoint));
      assert.deepEqual(files(input), before, 'the input changed');

      const back = output();
      const reverse = Object.entries(NAMES).map(([old, to]) => ({ state: stateOf(renamed, to), to: old }));
      await renameStates(renamed, { states: reverse }, back);
      for (const [file, bytes] of files(back))
        assert.ok(bytes.equals(before.get(file)!), `${file} is not as it was`);
    });
  }
});

describe('a renamed operator', () => {
  for (const flink of ['1.20', '2.3']) {
    test(`has the id of its new uid, Flink ${flink}`, async () => {
      const savepoint = await open(join(FIXTURES, `fraud-detector-flink${flink}-hashmap-savepoint`));
      const operator = savepoint.operators.find((each) => each.uid === 'fraud-detector')!;
      const directory = output();
      await renameStates(savepoint, { operators: [{ operator, uid: 'renamed' }] }, directory);
      const renamed = await open(directory);
      const found = renamed.operators.find((each) => each.uid === 'renamed')!;
      assert.equal(found.id, operatorIdOfUid('renamed'));
      assert.equal(found.uidFrom, flink === '2.3' ? 'metadata' : 'candidate');
      assert.equal(found.name, operator.name);
      const text = (each: Savepoint) => lines(each, {}).then((all) => all.join('\n'));
      const expected = (await text(savepoint))
        .replaceAll(operator.id, found.id)
        .replaceAll('"uid":"fraud-detector"', '"uid":"renamed"');
      assert.equal(await text(renamed), expected);
    });
  }

  test('of a native RocksDB savepoint keeps its files byte for byte', async () => {
    const input = join(FIXTURES, 'fraud-detector-flink1.20-rocksdb-savepoint-native');
    const savepoint = await open(input);
    const operator = savepoint.operators.find((each) => each.uid === 'fraud-detector')!;
    const directory = output();
    await renameStates(savepoint, { operators: [{ operator, uid: 'renamed' }] }, directory);
    const old = files(input);
    for (const [name, bytes] of files(directory))
      if (name !== '_metadata') assert.ok(bytes.equals(old.get(name)!));
    const renamed = await open(directory);
    assert.equal(
      renamed.operators.flatMap((each) => each.streams).flatMap((each) => each.files).length,
      savepoint.operators.flatMap((each) => each.streams).flatMap((each) => each.files).length,
    );
  });
});

test('the same rename gives the same bytes', async () => {
  const savepoint = await open(join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint'));
  const renames = { states: [{ state: stateOf(savepoint, 'tx-count'), to: 'count' }] };
  const [a, b] = [output(), output()];
  await renameStates(savepoint, renames, a);
  await renameStates(savepoint, renames, b);
  assert.deepEqual(files(a), files(b));
});

async function refusal(savepoint: Savepoint, renames: Renames, directory = output()): Promise<string> {
  try {
    await renameStates(savepoint, renames, directory);
  } catch (error) {
    assert.ok(error instanceof StatewrightError, String(error));
    assert.equal(existsSync(join(directory, '_metadata')), directory === savepoint.location.directory);
    return `${error.code} ${error.reason}`;
  }
  return 'written';
}

test('a rename that would join two things or loses its meaning is refused', async () => {
  const input = join(FIXTURES, 'fraud-detector-flink2.3-hashmap-savepoint');
  const savepoint = await open(input);
  const state = stateOf(savepoint, 'tx-count');
  const [one, two] = savepoint.operators;
  assert.match(
    await refusal(savepoint, { states: [{ state, to: 'last-amount' }] }),
    /^ALREADY_EXISTS .*"tx-count" and "last-amount"|"last-amount" and "tx-count"/,
  );
  assert.match(await refusal(savepoint, { states: [{ state, to: '' }] }), /^USAGE/);
  assert.match(await refusal(savepoint, {}), /^USAGE/);
  assert.match(
    await refusal(savepoint, {
      states: [
        { state, to: 'a' },
        { state, to: 'b' },
      ],
    }),
    /^USAGE/,
  );
  const timer = stateOf(savepoint, '_timer_state/event_user-timers');
  assert.match(
    await refusal(savepoint, { states: [{ state: timer, to: 'x' }] }),
    /^NOT_SUPPORTED .*timer queue/,
  );
  assert.match(
    await refusal(savepoint, { operators: [{ operator: one!, uid: two!.uid! }] }),
    /^ALREADY_EXISTS/,
  );
  const rocksdb = await open(join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint-native'));
  const inRocksdb = stateOf(rocksdb, 'tx-count');
  assert.match(
    await refusal(rocksdb, { states: [{ state: inRocksdb, to: 'x' }] }),
    /^NOT_SUPPORTED .*RocksDB's own files/,
  );
  // Two states may swap their names.
  const other = stateOf(savepoint, 'last-amount');
  assert.equal(
    await refusal(savepoint, {
      states: [
        { state, to: 'last-amount' },
        { state: other, to: 'tx-count' },
      ],
    }),
    'written',
  );
});

test('the output is never an existing directory, nor one in the input', async () => {
  const savepoint = await open(join(FIXTURES, 'fraud-detector-flink2.3-hashmap-savepoint'));
  const renames = { states: [{ state: stateOf(savepoint, 'tx-count'), to: 'count' }] };
  const { directory } = savepoint.location;
  assert.match(await refusal(savepoint, renames, scratch), /^ALREADY_EXISTS/);
  assert.match(await refusal(savepoint, renames, directory), /^USAGE .*never written to/);
  assert.match(await refusal(savepoint, renames, join(directory, 'new')), /^USAGE/);
});

test('in-flight records are a reason to refuse, unless they are to be dropped', async () => {
  const path = join(CORPUS, 'savepoints/stateful-scala-udf-flink1.15-rocksdb-checkpoint');
  const savepoint = await open(path);
  const renames = { operators: [{ operator: savepoint.operators[0]!, uid: 'renamed' }] };
  assert.match(await refusal(savepoint, renames), /^NOT_SUPPORTED .*in-flight records/);
  const directory = output();
  await renameStates(savepoint, renames, directory, { dropInFlight: true });
  const written = await open(directory);
  assert.deepEqual(
    written.operators.map((each) => each.channelState.handles),
    [0, 0, 0],
  );
});

/** Fails at the n-th write. */
function failing(n: number): FileSystem {
  const local = new LocalFileSystem();
  let writes = 0;
  return Object.assign(Object.create(local) as FileSystem, {
    createWrite: async (path: string): Promise<FileWriter> => {
      const writer = await local.createWrite(path);
      return {
        write: async (bytes: Uint8Array) => {
          if (++writes > n) throw new StatewrightError('IO_FAILED', { kind: 'disk', reason: 'it is full' });
          await writer.write(bytes);
        },
        commit: () => writer.commit(),
        abort: () => writer.abort(),
      };
    },
  });
}

test('an output that was interrupted anywhere leaves nothing behind', async () => {
  const savepoint = await open(join(FIXTURES, 'fraud-detector-flink2.3-hashmap-savepoint'));
  const renames = { states: [{ state: stateOf(savepoint, 'tx-count'), to: 'count' }] };
  let failures = 0;
  for (let n = 0; n < 100; n++) {
    const directory = output();
    try {
      await renameStates(savepoint, renames, directory, { fs: failing(n) });
      assert.ok(failures > 3, `${failures} failures`);
      return;
    } catch (error) {
      assert.ok(error instanceof StatewrightError && error.code === 'IO_FAILED', String(error));
      assert.equal(existsSync(directory), false, `after ${n} writes`);
      failures++;
    }
  }
  assert.fail('it never succeeds');
});
