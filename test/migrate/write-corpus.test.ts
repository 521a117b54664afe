import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import { CORPUS, snapshots } from '../savepoint/corpus.js';
import { contents, regrouped, streamsOf, write } from './write-run.js';

const SNAPSHOTS = snapshots();

const REFUSED = /has a changelog|shares RocksDB files|in-flight records/;

async function open(path: string): Promise<Savepoint | undefined> {
  try {
    return await openSavepoint(join(CORPUS, path), { relocate: true });
  } catch {
    // What cannot be opened is what test/savepoint/corpus.test.ts lists.
    return undefined;
  }
}

describe("a plan that changes nothing copies what Flink's own tests were made with", () => {
  test('every snapshot that is written at all', async () => {
    let written = 0;
    for (const { path } of SNAPSHOTS) {
      const source = await open(path);
      if (source === undefined) continue;
      const result = await write(source).catch((error: Error) => error);
      if (result instanceof Error) {
        assert.match(result.message, REFUSED, path);
        continue;
      }
      const [before, after] = [await streamsOf(source), await streamsOf(result.savepoint)];
      assert.deepEqual([...after.keys()], [...before.keys()], path);
      for (const [stream, bytes] of before) {
        assert.ok(Buffer.from(after.get(stream)!).equals(bytes), `${path}: stream ${stream}`);
      }
      written++;
    }
    assert.ok(written >= 100, `${written} were written`);
  });
});

describe('timers in raw keyed state', () => {
  const withRawTimers = (source: Savepoint) =>
    source.operators
      .flatMap(({ streams }) => streams)
      .filter(({ format, states }) => format === 'raw-keyed' && states.length > 0);

  test('become managed ones when key groups change, and fire for the same keys', async () => {
    let timers = 0;
    for (const { path } of SNAPSHOTS.filter((each) => /^savepoints\/.*rocksdb/.test(each.path))) {
      const source = await open(path);
      if (source === undefined || withRawTimers(source).length === 0) continue;
      const result = await write(source, { tweak: (job) => regrouped(job, 300, 2) }).catch(
        (error: Error) => error,
      );
      if (result instanceof Error) {
        assert.match(result.message, /do not tell their Java hash code|raw-(keyed|operator) state/, path);
        continue;
      }
      const before = await contents(source);
      assert.deepEqual([...new Set(await contents(result.savepoint))], [...new Set(before)], path);
      assert.deepEqual(withRawTimers(result.savepoint), []);
      timers += before.filter((text) => text.includes(' timer ')).length;
    }
    assert.ok(timers > 0, 'there were timers');
  });
});
