import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import { accountBytes, openSavepoint, readEntries, type Savepoint, skipScan } from '@statewright/savepoint';
import { FIXTURES } from './corpus.js';
import { MemoryFileSystem } from './memory-file-system.js';

/** Opens a snapshot and reads all that it holds. Gives the number of entries, or the error that a user would see. */
async function readAll(fs: MemoryFileSystem): Promise<number | StatewrightError> {
  try {
    const savepoint = await openSavepoint('/', { fs });
    let entries = 0;
    const states = savepoint.operators.flatMap((operator) => operator.states);
    for await (const batch of readEntries(savepoint, states)) entries += batch.length;
    for await (const _ of skipScan(savepoint)) entries += 0;
    return entries;
  } catch (error) {
    // Anything else, a RangeError or TypeError say, is a defect.
    if (!(error instanceof StatewrightError)) throw error;
    assert.notEqual(error.code, 'INTERNAL', error.message);
    return error;
  }
}

const HEAP = MemoryFileSystem.of(join(FIXTURES, 'fraud-detector-flink1.20-hashmap-checkpoint'));
const CANONICAL = MemoryFileSystem.of(join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint'));
const COMPRESSED = MemoryFileSystem.of(
  join(FIXTURES, 'fraud-detector-flink2.3-hashmap-savepoint-compressed'),
);
const SNAPSHOTS = { heap: HEAP, canonical: CANONICAL, compressed: COMPRESSED };

async function stateFiles(fs: MemoryFileSystem): Promise<{ savepoint: Savepoint; paths: string[] }> {
  const savepoint = await openSavepoint('/', { fs });
  const refs = savepoint.operators.flatMap((operator) => operator.streams.map((stream) => stream.ref));
  const paths = refs.flatMap((ref) => (ref.kind === 'file' ? [ref.path] : []));
  return { savepoint, paths };
}

describe('a file that is cut short anywhere is an error', () => {
  for (const [name, fs] of Object.entries(SNAPSHOTS)) {
    test(`a state file, ${name}`, async () => {
      const { paths } = await stateFiles(fs);
      assert.equal(typeof (await readAll(fs)), 'number');
      for (const path of paths) {
        const whole = fs.files.get(path)!;
        // Every length near the end, where the last entries are, and one in thirteen before that.
        for (let length = 0; length < whole.length; length += length > whole.length - 64 ? 1 : 13) {
          const result = await readAll(fs.with(path, whole.subarray(0, length)));
          assert.ok(result instanceof StatewrightError, `${path} of ${length} bytes gave ${result} entries`);
          assert.match(result.code, /^(TRUNCATED|BAD_LENGTH)$/);
        }
      }
    });
  }

  test('the metadata', async () => {
    const whole = CANONICAL.files.get('/_metadata')!;
    for (let length = 0; length < whole.length; length++) {
      const result = await readAll(CANONICAL.with('/_metadata', whole.subarray(0, length)));
      assert.ok(result instanceof StatewrightError, `${length} bytes gave ${result} entries`);
    }
  });
});

/** A small generator of numbers, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('flipped bits give an error or an answer, and never more', () => {
  for (const [name, fs] of Object.entries(SNAPSHOTS)) {
    test(name, async () => {
      const next = random(name.length);
      const paths = [...fs.files.keys()].filter((path) => !path.includes('expect'));
      for (let i = 0; i < 500; i++) {
        const path = paths[next(paths.length)]!;
        const bytes = Uint8Array.from(fs.files.get(path)!);
        for (let flips = 1 + next(3); flips > 0; flips--) bytes[next(bytes.length)]! ^= 1 << next(8);
        await readAll(fs.with(path, bytes));
      }
    });
  }
});

test('a length of 2 GB anywhere in a state file is refused without the memory for it', async () => {
  const before = process.memoryUsage().rss;
  for (const fs of [HEAP, CANONICAL]) {
    const { savepoint, paths } = await stateFiles(fs);
    const path = paths.find((each) => fs.files.get(each)!.length > 3000)!;
    const stream = savepoint.operators
      .flatMap((operator) => operator.streams)
      .find(({ ref }) => ref.kind === 'file' && ref.path === path)!;
    const whole = fs.files.get(path)!;
    for (let at = 0; at + 4 <= whole.length; at += at < stream.headerLength ? 11 : 5) {
      const bytes = Uint8Array.from(whole);
      bytes.set([0x7f, 0xff, 0xff, 0xff], at);
      await readAll(fs.with(path, bytes));
    }
  }
  const grown = (process.memoryUsage().rss - before) / 1e6;
  assert.ok(grown < 200, `${grown} MB`);
});

test('damage in one state file is found by accounting and does not hide the others', async () => {
  const { savepoint, paths } = await stateFiles(CANONICAL);
  const path = paths[0]!;
  const whole = CANONICAL.files.get(path)!;
  const longer = new Uint8Array(whole.length + 3);
  longer.set(whole);
  const opened = await openSavepoint('/', { fs: CANONICAL.with(path, longer) });
  const found: string[] = [];
  let streams = 0;
  for await (const account of accountBytes(opened)) {
    streams++;
    found.push(...account.findings.map(({ reason }) => reason));
  }
  assert.equal(streams, savepoint.operators.flatMap((operator) => operator.streams).length);
  assert.deepEqual(found, [`the file has ${longer.length} bytes but its handle says ${whole.length}`]);
});
