import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import { decodeParallel, openSavepoint, readEntries } from '@statewright/savepoint';
import { FIXTURES } from './corpus.js';
import { canonicalText, entryLine } from './entry-json.js';

const scratch = mkdtempSync(join(tmpdir(), 'statewright-parallel-'));
after(() => rmSync(scratch, { recursive: true }));

const REDUCER = new URL('./counting-reducer.js', import.meta.url).href;

for (const name of [
  'fraud-detector-flink2.3-rocksdb-savepoint',
  'fraud-detector-flink1.20-hashmap-checkpoint',
]) {
  test(`workers find what one thread finds: ${name}`, async () => {
    const source = join(FIXTURES, name);
    const savepoint = await openSavepoint(source);
    const expected: string[] = [];
    for await (const batch of readEntries(
      savepoint,
      savepoint.operators.flatMap((each) => each.states),
    )) {
      for (const entry of batch) expected.push(canonicalText(entryLine(entry)));
    }
    for (const workers of [1, 3]) {
      const results = await decodeParallel<string[]>(source, { reducer: REDUCER, workers });
      assert.deepEqual(results.flat().sort(), expected.toSorted());
    }
  });
}

test('only the states that are asked for are read', async () => {
  const source = join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint');
  const states = (state: { name: string }): boolean => state.name === 'tx-count';
  const results = await decodeParallel<string[]>(source, { reducer: REDUCER, workers: 2, states });
  const expected = readFileSync(join(source, 'expect.entries.ndjson'), 'utf8').match(/"state":"tx-count"/g);
  assert.equal(results.flat().length, expected!.length);
  assert.ok(results.flat().every((line) => line.includes('"state":"tx-count"')));
});

test('damage found by a worker is the caller’s error, and so is a reducer that fails', async () => {
  const source = join(scratch, 'damaged');
  cpSync(join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint'), source, { recursive: true });
  const savepoint = await openSavepoint(source);
  const stream = savepoint.operators
    .flatMap((each) => each.streams)
    .find((each) => each.format === 'canonical')!;
  assert.ok(stream.ref.kind === 'file');
  const bytes = readFileSync(stream.ref.path);
  bytes[stream.headerLength + 2] = 0x7f;
  writeFileSync(stream.ref.path, bytes);
  await assert.rejects(decodeParallel(source, { reducer: REDUCER, workers: 2 }), (error: unknown) => {
    assert.ok(error instanceof StatewrightError);
    assert.equal(error.code, 'BAD_LENGTH');
    assert.equal(error.span?.file, stream.ref.kind === 'file' ? stream.ref.path : '');
    return true;
  });
  const whole = join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint');
  const failing = decodeParallel(whole, { reducer: REDUCER, workers: 2, data: { fail: true } });
  await assert.rejects(failing, /the reducer fails/);
});
