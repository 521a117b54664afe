import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import { keyGroupFor, openSavepoint, readEntries, type Savepoint, type State } from '@statewright/savepoint';
import { MapValue } from '@statewright/serializers';
import { FIXTURES } from './corpus.js';
import { canonicalText, entryLine } from './entry-json.js';

const CANONICAL = join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint');
const HEAP = join(FIXTURES, 'fraud-detector-flink1.20-hashmap-checkpoint');

function stateOf(savepoint: Savepoint, name: string): State {
  const state = savepoint.operators.flatMap((each) => each.states).find((each) => each.name === name);
  assert.ok(state);
  return state;
}

test('key groups are those that Flink assigns', () => {
  // String#hashCode of "a" and "hello"; run on Flink 1.20 and 2.1.
  assert.equal(keyGroupFor(97, 128), 81);
  assert.equal(keyGroupFor(99162322, 128), 35);
});

test('a large map comes in pieces that say so, and hold together what the map holds', async () => {
  const savepoint = await openSavepoint(CANONICAL);
  const state = stateOf(savepoint, 'seen-merchants');
  const whole: string[] = [];
  for await (const batch of readEntries(savepoint, [state])) {
    for (const entry of batch) whole.push(canonicalText(entryLine(entry)));
  }
  const joined: { first: Record<string, unknown>; value: unknown[] }[] = [];
  for await (const batch of readEntries(savepoint, [state], { maxMapEntries: 1 })) {
    for (const entry of batch) {
      assert.ok(entry.value instanceof MapValue && entry.value.entries.length === 1);
      const line = entryLine(entry);
      if (entry.continues !== true) joined.push({ first: line, value: [] });
      joined.at(-1)!.value.push(...(line.value as unknown[]));
    }
  }
  const texts = joined.map(({ first, value }) => {
    const sorted = value.map((pair) => JSON.stringify(pair)).sort();
    return canonicalText({ ...first, value: sorted.map((pair) => JSON.parse(pair)) });
  });
  assert.deepEqual(texts.sort(), whole.sort());
});

for (const [name, path] of Object.entries({ canonical: CANONICAL, heap: HEAP })) {
  test(`only the key groups that are asked for are read, ${name}`, async () => {
    const savepoint = await openSavepoint(path);
    const state = stateOf(savepoint, 'tx-count');
    const inGroup = (entries: readonly { keyGroup: number | undefined }[], from: number, to: number) =>
      entries.filter(({ keyGroup }) => keyGroup! >= from && keyGroup! <= to).length;
    const all = [];
    for await (const batch of readEntries(savepoint, [state])) all.push(...batch);
    for (const [start, end] of [
      [0, 127],
      [40, 90],
      [3, 3],
    ] as const) {
      const some = [];
      for await (const batch of readEntries(savepoint, [state], { keyGroups: { start, end } }))
        some.push(...batch);
      assert.equal(some.length, inGroup(all, start, end));
      assert.equal(inGroup(some, start, end), some.length);
    }
  });

  test(`batches of any size give the same entries, ${name}`, async () => {
    const savepoint = await openSavepoint(path);
    const states = savepoint.operators.flatMap((each) => each.states);
    const lines = async (batchEntries: number): Promise<string[]> => {
      const found: string[] = [];
      for await (const batch of readEntries(savepoint, states, { batchEntries })) {
        for (const entry of batch) found.push(canonicalText(entryLine(entry)));
      }
      return found;
    };
    assert.deepEqual(await lines(1), await lines(100_000));
  });

  test(`an entry's span is where its bytes lie, ${name}`, async () => {
    const savepoint = await openSavepoint(path);
    const state = stateOf(savepoint, 'tx-count');
    for await (const batch of readEntries(savepoint, [state])) {
      for (const { span, key, value } of batch) {
        const bytes = Buffer.from(await savepoint.fs.readRange(span.file, span.start, span.end));
        assert.ok(bytes.includes(Buffer.from(String(key), 'latin1')), String(key));
        const long = Buffer.alloc(8);
        long.writeBigInt64BE(value as bigint);
        assert.ok(bytes.includes(long));
      }
    }
  });
}

test('states that cannot be read yet are refused before anything is read', async () => {
  const savepoint = await openSavepoint(join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint-native'));
  const state = stateOf(savepoint, 'tx-count');
  await assert.rejects(readEntries(savepoint, [state]).next(), (error: unknown) => {
    assert.ok(error instanceof StatewrightError);
    assert.equal(error.code, 'NOT_SUPPORTED');
    assert.match(error.message, /RocksDB's own files/);
    return true;
  });
});
