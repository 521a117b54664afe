import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tally } from './counter.js';
import { guarded } from './guard.js';
import type { SampleName } from './mutations.js';

const SMALL: readonly SampleName[] = [
  // Canonical, with an unknown serializer; heap, likewise; operator state within the metadata.
  { from: 'official', name: 'type-serializer-snapshot-flink1.16-hashmap-savepoint' },
  { from: 'official', name: 'type-serializer-snapshot-flink1.15-hashmap-checkpoint' },
  { from: 'official', name: 'operatorstate-nonKeyed-flink1.19' },
  { from: 'fixtures', name: 'fraud-detector-flink2.3-rocksdb-savepoint-compressed', uid: 'rules' },
  { from: 'fixtures', name: 'fraud-detector-flink2.3-hashmap-savepoint', uid: 'alert-buffer' },
  { from: 'fixtures', name: 'zoo-windows-flink2.3-rocksdb-savepoint', uid: 'processing-time' },
];

const LARGER: readonly SampleName[] = [
  { from: 'fixtures', name: 'fraud-detector-flink2.3-hashmap-checkpoint', uid: 'fraud-detector' },
  { from: 'fixtures', name: 'fraud-detector-flink2.3-hashmap-checkpoint-compressed', uid: 'fraud-detector' },
  { from: 'fixtures', name: 'fraud-detector-flink2.3-rocksdb-savepoint-compressed', uid: 'fraud-detector' },
];

function nameOf({ name, uid }: SampleName): string {
  return uid === undefined ? name : `${name} ${uid}`;
}

async function expectNothingWrong(run: string, sample: SampleName): Promise<void> {
  const tally = await guarded<Tally>(run, { sample });
  assert.deepEqual(tally.wrong.slice(0, 20), []);
  assert.ok(tally.cases > 0);
}

for (const sample of [...SMALL, ...LARGER]) {
  test(`every file cut at every byte, ${nameOf(sample)}`, () => expectNothingWrong('truncations', sample));
  test(`bytes behind the end of every file, ${nameOf(sample)}`, () =>
    expectNothingWrong('additions', sample));
}

/** Sixty thousand runs: canonical with an unknown serializer, compressed, operator state, windows and timers. */
for (const sample of SMALL.filter(({ name }) => !/1\.15|nonKeyed/.test(name))) {
  test(`wrong numbers at every place, ${nameOf(sample)}`, () => expectNothingWrong('badNumbers', sample));
}
