import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tally } from './counter.js';
import { guarded } from './guard.js';
import type { SampleName } from './mutations.js';

/*
 * Ten thousand snapshots with one wrong bit. Each run ends with a typed error or a complete answer; and that answer has
 * as many entries as the untouched snapshot, and the same entries when the bit was in the metadata. What may change, since
 * nothing in a snapshot tells: names, numbers of the job, and the bytes of single keys and values.
 */

const SEED = 20_260_114;
const FRAUD = 'fraud-detector-flink2.3';

/** Samples of the generator, and one subtask of one operator of each. */
const FIXTURES: readonly (readonly [name: string, uid: string, count: number])[] = [
  [`${FRAUD}-hashmap-savepoint`, 'alert-buffer', 600],
  [`${FRAUD}-hashmap-savepoint-inline`, 'rules', 600],
  [`${FRAUD}-rocksdb-savepoint-compressed`, 'rules', 600],
  [`${FRAUD}-rocksdb-savepoint`, 'fraud-detector', 600],
  [`${FRAUD}-hashmap-checkpoint`, 'fraud-detector', 600],
  [`${FRAUD}-rocksdb-savepoint-compressed`, 'fraud-detector', 600],
  [`${FRAUD}-hashmap-checkpoint-compressed`, 'fraud-detector', 600],
  ['zoo-pojos-flink2.3-hashmap-checkpoint', 'pojos', 200],
  ['zoo-pojos-flink2.3-rocksdb-savepoint', 'kryo', 400],
  ['zoo-kinds-flink2.3-rocksdb-savepoint', 'kinds-with-ttl', 400],
  ['zoo-kinds-flink2.3-hashmap-checkpoint', 'kinds', 400],
  ['zoo-kinds-flink2.3-hashmap-checkpoint', 'timers', 400],
  ['zoo-windows-flink2.3-rocksdb-savepoint', 'session-process', 400],
  ['zoo-avro-flink2.3-hashmap-checkpoint', 'avro', 400],
  ['zoo-types-flink2.3-rocksdb-savepoint', 'containers', 400],
  ['zoo-types-flink2.3-hashmap-checkpoint', 'times', 400],
  ['sql-orders-flink2.3-rocksdb-savepoint', 'join', 400],
  ['sql-orders-flink2.3-hashmap-checkpoint', 'aggregate', 400],
];

const SAMPLES: readonly (SampleName & { readonly count: number })[] = [
  ...FIXTURES.map(([name, uid, count]) => ({ from: 'fixtures', name, uid, count }) as const),
  { from: 'official', name: 'operatorstate-nonKeyed-flink1.19', count: 600 },
  { from: 'official', name: 'operatorstate-complexKeyed-flink1.15', count: 600 },
  { from: 'official', name: 'legacy-raw-state-heap-timers-rocks-db-1.12', count: 600 },
];

test('10,000 flips are made', () => {
  assert.ok(SAMPLES.reduce((sum, { count }) => sum + count, 0) >= 10_000);
});

for (const { count, ...sample } of SAMPLES) {
  test(`${count} flipped bits in ${sample.name} ${sample.uid ?? ''}`, async () => {
    const tally = await guarded<Tally>('flips', { sample, count, seed: SEED });
    assert.deepEqual(tally.wrong, []);
    assert.equal(tally.cases, count);
  });
}

/** The samples whose states are most unlike each other. */
const DIFFERENT = ['alert-buffer', 'rules', 'kinds-with-ttl', 'timers', 'kryo', 'containers', 'join', 'avro'];

for (const { count: _, ...sample } of SAMPLES.filter(({ uid = '' }) => DIFFERENT.includes(uid))) {
  test(`60 flipped bits in ${sample.name} ${sample.uid}: every command ends well`, async () => {
    const tally = await guarded<Tally>('flipsForEveryCommand', { sample, count: 60, seed: SEED });
    assert.equal(tally.cases, 60);
  });
}
