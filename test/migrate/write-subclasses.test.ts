import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import { FIXTURES } from '../savepoint/corpus.js';
import { streamsOf, write } from './write-run.js';

/** The entries of every stream as text, its header left out. */
async function behindHeaders(savepoint: Savepoint): Promise<string[]> {
  const streams = await streamsOf(savepoint);
  return savepoint.operators.flatMap(({ id, streams: own }) =>
    own.flatMap(({ subtask, format, headerLength }) => {
      const bytes = streams.get(`${id} ${subtask} ${format}`);
      return bytes === undefined ? [] : [Buffer.from(bytes.subarray(headerLength)).toString('latin1')];
    }),
  );
}

describe('subtasks that have met other subclasses of a POJO', () => {
  for (const line of ['1.20', '2.3']) {
    test(`Flink ${line}: a package is renamed in the values of all of them`, async () => {
      const path = resolve(FIXTURES, `../migrate/rename-class-subclasses-rocksdb/flink${line}/source`);
      const source = await openSavepoint(path);
      const steps = '\n  - rename-class: { package: com.acme.v1, to: com.acme.v2 }';
      const { savepoint, tallies } = await write(source, { steps });
      assert.deepEqual(
        tallies.flatMap(({ failures }) => failures),
        [],
      );
      const before = await behindHeaders(source);
      assert.ok(before.some((text) => text.includes('com.acme.v1.Cat')));
      // Both names are as long as each other, so that nothing but the names may be another.
      const renamed = before.map((text) => text.replaceAll('com.acme.v1.', 'com.acme.v2.'));
      assert.deepEqual(await behindHeaders(savepoint), renamed);
    });
  }
});
