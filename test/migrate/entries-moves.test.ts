import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataOutputView, type StatewrightError } from '@statewright/bytes';
import { readKafkaSplit } from './entries-internals.js';
import { migrate, planned, type Shown, stateOf, unmigrated } from './in-memory.js';

const FRAUD = 'fraud-detector-flink2.3-hashmap-savepoint';
const KINDS = 'zoo-kinds-flink2.3-hashmap-savepoint';

async function refused(fixture: string, steps: string, address = 'fraud-detector/tx-count'): Promise<string> {
  const error = await migrate(fixture, steps, address).then(
    () => assert.fail('nothing was thrown'),
    (thrown: StatewrightError) => thrown,
  );
  return error.message ?? String(error);
}

function values(entries: readonly Shown[]): unknown[] {
  return entries.map(({ value }) => value);
}

describe('expire-ttl', () => {
  /** Times of last access of the fixture are all about this one. */
  const AT = 1_795_447_578_204;

  test('leaves out what was last used the time to live or longer before', async () => {
    const before = await unmigrated(KINDS, 'kinds-with-ttl/value');
    const times = before.map(({ ttl }) => ttl as number);
    assert.ok(times.includes(AT) && times.some((time) => time > AT));
    const steps = `  - expire-ttl: { state: kinds-with-ttl/value, ttl: 1 h, at: ${AT + 3_600_000} }`;
    const { entries, events } = await migrate(KINDS, steps, 'kinds-with-ttl/value');
    assert.deepEqual(
      entries,
      before.filter(({ ttl }) => (ttl as number) > AT),
    );
    assert.equal(events.skipped, before.length - entries.length);
  });

  test('elements and map entries expire one by one', async () => {
    for (const name of ['list', 'map']) {
      const address = `kinds-with-ttl/${name}`;
      const before = await unmigrated(KINDS, address);
      const steps = `  - expire-ttl: { all: true, ttl: 7 d, at: ${AT + 7 * 86_400_000} }`;
      const { entries } = await migrate(KINDS, steps, address);
      const alive = before.flatMap((entry) => {
        const times = entry.ttl as number[];
        const value = (entry.value as unknown[]).filter((_, i) => times[i]! > AT);
        return value.length === 0 ? [] : [{ ...entry, value, ttl: times.filter((time) => time > AT) }];
      });
      assert.deepEqual(entries, alive);
      assert.ok(entries.length > 0 && entries.length < before.length);
    }
  });

  test('a moment may be a date or a time', async () => {
    const left = async (at: string) =>
      (await migrate(KINDS, `  - expire-ttl: { all: true, ttl: 7 d, at: ${at} }`, 'kinds-with-ttl/value'))
        .entries;
    const all = await unmigrated(KINDS, 'kinds-with-ttl/value');
    assert.deepEqual(await left('2026-11-30'), all);
    assert.deepEqual(await left('"2026-11-30T15:26:18.203Z"'), all);
    assert.ok((await left('"2026-11-30T15:26:18.204Z"')).length < all.length);
    assert.deepEqual(await left('2026-12-01'), []);
  });

  test('now is the clock of whoever runs it', async () => {
    const steps = '  - expire-ttl: { operator: kinds-with-ttl, ttl: 1 ms, at: now }';
    const long = { nowMillis: BigInt(AT) + 86_400_000n };
    assert.equal((await migrate(KINDS, steps, 'kinds-with-ttl/value', long)).entries.length, 0);
    const { entries } = await migrate(KINDS, steps, 'kinds-with-ttl/value', { nowMillis: 0n });
    assert.deepEqual(entries, await unmigrated(KINDS, 'kinds-with-ttl/value'));
  });

  test('a plan says what is wrong with it', async () => {
    const wrong = (options: string) => refused(KINDS, `  - expire-ttl: { ${options} }`, 'kinds/value');
    assert.match(await wrong('state: kinds/value, ttl: 1 h, at: now'), /has no TTL/);
    assert.match(await wrong('ttl: 1 h, at: now'), /0 are given/);
    assert.match(await wrong('all: true, operator: kinds, ttl: 1 h, at: now'), /2 are given/);
    assert.match(await wrong('all: true, ttl: soon, at: now'), /"soon" is no duration/);
    assert.match(await wrong('all: true, ttl: 1 h, at: yesterday'), /"yesterday" is no moment/);
    assert.match(await wrong('all: true, ttl: 1 h, at: 8640000000000001'), /8640000000000001 is no moment/);
  });
});

describe('merge-states', () => {
  const MERGE = 'merge-states: { states: [kinds/list, kinds-with-ttl/list], to: kinds/all }';

  test('each state is named once, and must be there', async () => {
    const missing = '  - merge-states: { states: [kinds/list, timers/list], to: kinds/list }';
    assert.match(await refused(KINDS, missing), /plan\.yaml:3:.*no state is called "timers\/list"/);
    const twice = '  - merge-states: { states: [kinds/list, kinds/list], to: kinds/list }';
    assert.match(await refused(KINDS, twice), /"kinds\/list" is there twice/);
  });

  test('of different types it does not', async () => {
    assert.match(
      await refused(KINDS, `  - ${MERGE}`),
      /cannot be merged: the serializers of their values differ/,
    );
    const kinds = '  - merge-states: { states: [kinds/list, kinds/value], to: kinds/all }';
    assert.match(await refused(KINDS, kinds), /their kinds are list and value/);
  });

  test('of two operators, into one of them or a new one', async () => {
    const steps = (to: string) => `  - filter-entries: { state: kinds/reducing, keep: 'key % 2 == 0' }
  - load-state: { state: timers/more, kind: reducing, value: long, from: ./none.ndjson }
  - merge-states: { states: [kinds/reducing, timers/more], to: ${to}, duplicates: first }`;
    const pathOf = () => new URL('../../migrate/none.ndjson', import.meta.url).pathname;
    for (const to of ['kinds/sum', 'timers/sum', 'sums/sum']) {
      const { job, steps: done } = await planned(KINDS, steps(to), { pathOf });
      const merged = stateOf(job, to);
      assert.deepEqual(
        merged.feeds.map(({ type }) => type),
        ['state', 'load'],
      );
      assert.equal(merged.duplicates, 'first');
      assert.throws(() => stateOf(job, 'kinds/reducing'));
      const operator = job.operators.find(({ states }) => states.includes(merged))!;
      const first = job.savepoint.operators.find(({ uid }) => uid === 'kinds')!;
      assert.equal(operator.maxParallelism, first.maxParallelism);
      assert.equal(operator.parallelism, first.parallelism);
      assert.equal(done.at(-1)!.category, 'lossy');
    }
  });
});

describe('split-state', () => {
  const INTO = "into: [{ state: small, where: 'value < 8' }, { state: large }]";

  test('each entry goes into the first state whose condition is true', async () => {
    const before = await unmigrated(FRAUD, 'fraud-detector/tx-count');
    const steps = `  - split-state: { state: fraud-detector/tx-count, ${INTO} }`;
    const small = await migrate(FRAUD, steps, 'fraud-detector/small');
    const large = await migrate(FRAUD, steps, 'fraud-detector/large');
    assert.deepEqual(
      small.entries,
      before.filter(({ value }) => (value as number) < 8),
    );
    assert.deepEqual(
      large.entries,
      before.filter(({ value }) => (value as number) >= 8),
    );
    assert.ok(small.entries.length > 0 && large.entries.length > 0);
    const { job, category } = await planned(FRAUD, steps);
    assert.throws(() => stateOf(job, 'fraud-detector/tx-count'));
    assert.equal(category, 'rewriting');
  });

  test('entries of maps go one by one', async () => {
    const before = await unmigrated(FRAUD, 'fraud-detector/seen-merchants');
    const steps = `  - split-state:
      state: fraud-detector/seen-merchants
      into: [{ state: seen-merchants, where: 'userKey == "acme"' }, { state: others }]`;
    const count = (entries: readonly Shown[]) => values(entries).flat(1).length;
    const acme = await migrate(FRAUD, steps, 'fraud-detector/seen-merchants');
    const others = await migrate(FRAUD, steps, 'fraud-detector/others');
    assert.ok(values(acme.entries).every((map) => (map as string[][]).every(([user]) => user === 'acme')));
    assert.equal(count(acme.entries) + count(others.entries), count(before));
  });

  test('an entry that goes nowhere fails, or is skipped', async () => {
    const steps = (policy: string) =>
      `  - split-state: { state: fraud-detector/tx-count, into: [{ state: small, where: 'value < 8' }]${policy} }`;
    assert.match(await refused(FRAUD, steps(''), 'fraud-detector/small'), /no condition is true/);
    const { entries, events } = await migrate(FRAUD, steps(', policy: skip'), 'fraud-detector/small');
    const before = await unmigrated(FRAUD, 'fraud-detector/tx-count');
    assert.equal(entries.length + events.skipped!, before.length);
    assert.equal((await planned(FRAUD, steps(', policy: skip'))).category, 'lossy');
  });

  test('what can get nothing, and a name that is taken, are refused', async () => {
    const first = "into: [{ state: all }, { state: none, where: 'value < 8' }]";
    assert.match(
      await refused(FRAUD, `  - split-state: { state: fraud-detector/tx-count, ${first} }`),
      /put it last/,
    );
    const taken = 'into: [{ state: last-amount }]';
    const steps = `  - split-state: { state: fraud-detector/tx-count, ${taken} }`;
    assert.match(await refused(FRAUD, steps), /two states would be called fraud-detector\/last-amount/);
  });
});

describe('set-source-offsets', () => {
  const fields = 'state: alert-buffer/sent-offsets, partition: f0, offset: f1';

  test('sets a field of the elements of a partition', async () => {
    const steps = `  - set-source-offsets: { ${fields}, set: { "1": 7 } }`;
    const before = await unmigrated(FRAUD, 'alert-buffer/sent-offsets');
    const { entries } = await migrate(FRAUD, steps, 'alert-buffer/sent-offsets');
    assert.deepEqual(
      values(entries),
      (values(before) as [number, number][][]).map((list) => list.map(([f0, f1]) => [f0, f0 === 1 ? 7 : f1])),
    );
  });

  test('a partition may be told by several fields', async () => {
    const state = 'alert-buffer/buffered-alerts';
    const steps = `  - set-source-offsets:
      { state: ${state}, partition: [account, subtask], offset: amount, set: { account-2-0: 7 } }`;
    const before = values(await unmigrated(FRAUD, state)) as { account: string; amount: number }[][];
    const { entries } = await migrate(FRAUD, steps, state);
    assert.deepEqual(
      values(entries),
      before.map((list) => list.map((one) => (one.account === 'account-2' ? { ...one, amount: 7 } : one))),
    );
    assert.match(
      await refused(FRAUD, steps.replace('subtask]', 'subtsk]')),
      /plan\.yaml:4:.*no field "subtsk"; did you mean "subtask"/,
    );
  });

  test('a partition that is not there, an offset that is none', async () => {
    const wrong = (set: string) => refused(FRAUD, `  - set-source-offsets: { ${fields}, ${set} }`);
    assert.match(await wrong('set: { "2": 7 }'), /no partition "2"; it has 0, 1/);
    assert.match(await wrong('set: { "1": 7.5 }'), /a whole number or a text is expected/);
    assert.match(await wrong('set: { "1": later }'), /"later" is found but a long is expected/);
    const none = '  - set-source-offsets: { state: alert-buffer/sent-offsets, set: { "1": 7 } }';
    assert.match(await refused(FRAUD, none), /nothing tells which fields/);
    const half =
      '  - set-source-offsets: { state: alert-buffer/sent-offsets, partition: f0, set: { "1": 7 } }';
    assert.match(await refused(FRAUD, half), /together, or neither/);
    const skipped = await migrate(
      FRAUD,
      `  - set-source-offsets: { ${fields}, set: { "2": 7 }, policy: skip }`,
      'alert-buffer/sent-offsets',
    );
    assert.deepEqual(skipped.entries, await unmigrated(FRAUD, 'alert-buffer/sent-offsets'));
  });

  /** As KafkaPartitionSplitSerializer writes it, in what SimpleVersionedListState writes around it. */
  function split(topic: string, partition: number, start: bigint, stop: bigint): Uint8Array {
    const data = new DataOutputView();
    data.writeUTF(topic);
    data.writeInt(partition);
    data.writeLong(start);
    data.writeLong(stop);
    const output = new DataOutputView();
    output.writeInt(0);
    output.writeBytes32(data.toBytes());
    return output.toBytes();
  }

  test('a split of the Kafka source keeps all but its offset', () => {
    const bytes = split('orders-ü', 3, 41n, -(1n << 63n));
    const read = readKafkaSplit(bytes)!;
    assert.equal(read.id, 'orders-ü-3');
    assert.equal(read.startingOffset, 41n);
    assert.deepEqual(read.withOffset(120n), split('orders-ü', 3, 120n, -(1n << 63n)));
  });

  test('bytes that are no such split are none', () => {
    const bytes = split('orders', 0, 1n, 2n);
    for (let end = 0; end < bytes.length; end++)
      assert.equal(readKafkaSplit(bytes.subarray(0, end)), undefined);
    assert.equal(readKafkaSplit(Buffer.concat([bytes, Uint8Array.of(0)])), undefined);
    const version = bytes.slice();
    version[3] = 1;
    assert.equal(readKafkaSplit(version), undefined);
  });
});
