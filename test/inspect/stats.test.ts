import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { describer, findStates, type StatsOptions, statsView } from '@statewright/inspect';
import { openSavepoint } from '@statewright/savepoint';
import { ROOT } from '../architecture/source-tree.js';
import fc from '../property.js';

const SAVEPOINTS = path.join(ROOT, 'fixtures/savepoints');

async function stats(fixture: string, values = true, more: Partial<StatsOptions> = {}) {
  const savepoint = await openSavepoint(path.join(SAVEPOINTS, fixture), { relocate: true });
  const options = { values, top: 3, atMillis: 0, ...more };
  return statsView(savepoint, fixture, findStates(savepoint, undefined), describer(), options);
}

interface Line {
  readonly state: string;
  readonly kind: string;
  readonly keyGroup: number;
  readonly key: unknown;
  readonly value: unknown[];
}

function linesOf(fixture: string): Line[] {
  const text = readFileSync(path.join(SAVEPOINTS, fixture, 'expect.entries.ndjson'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('stats', () => {
  for (const fixture of [
    'fraud-detector-flink2.3-rocksdb-savepoint',
    'fraud-detector-flink1.20-hashmap-checkpoint-compressed',
  ]) {
    test(`${fixture}: counts are those of Flink's own lines`, async () => {
      const { states } = await stats(fixture);
      for (const name of ['last-amount', 'tx-count', 'seen-merchants']) {
        const lines = linesOf(fixture).filter(({ state }) => state === name);
        const found = states.find((state) => state.name === name)!;
        assert.equal(found.entries, lines.length);
        assert.equal(found.keyGroups!.used, new Set(lines.map(({ keyGroup }) => keyGroup)).size);
        // A StringValue is its length in one byte and a byte a character here.
        const keys = lines.map(({ key }) => String(key).length + 1);
        assert.equal(
          found.keyBytes!.total,
          keys.reduce((sum, size) => sum + size, 0),
        );
        assert.equal(found.keyBytes!.min, Math.min(...keys));
        assert.equal(found.keyBytes!.max, Math.max(...keys));
      }
      const maps = linesOf(fixture).filter(({ kind }) => kind === 'map');
      const sizes = maps.map(({ value }) => value.length);
      const map = states.find(({ kind }) => kind === 'map')!;
      assert.equal(
        map.elements,
        sizes.reduce((sum, size) => sum + size, 0),
      );
      assert.equal(map.largest[0]!.elements, Math.max(...sizes));
    });
  }

  test('frames give the same counts and sizes as decoding', async () => {
    const fixture = 'fraud-detector-flink2.3-rocksdb-savepoint';
    const [decoded, framed] = [await stats(fixture), await stats(fixture, false)];
    for (const [i, state] of framed.states.entries()) {
      const other = decoded.states[i]!;
      assert.equal(state.name, other.name);
      assert.equal(state.entries ?? state.elements, state.kind === 'map' ? other.elements : other.entries);
      assert.deepEqual(
        state.keyGroups?.largest.map(({ keyGroup }) => keyGroup).length,
        other.keyGroups?.largest.map(({ keyGroup }) => keyGroup).length,
      );
      if (state.kind === 'value') assert.equal(state.valueBytes!.total, other.valueBytes!.total);
    }
  });

  test('TTL: expired is at or after last access plus the TTL', async () => {
    const fixture = 'zoo-kinds-flink2.3-rocksdb-savepoint';
    const all = await stats(fixture);
    const state = all.states.find(({ ttl, name }) => ttl !== null && name === 'value')!;
    const newest = Number(state.ttl!.newestMillis);
    const expired = async (atMillis: number) => {
      const { states } = await stats(fixture, true, { atMillis, ttlMillis: 1000 });
      return states.find(({ address }) => address === state.address)!.ttl!.expired;
    };
    assert.equal(state.ttl!.expired, null);
    assert.equal(await expired(newest + 1000), state.ttl!.values);
    assert.ok((await expired(newest + 999))! < state.ttl!.values);
    assert.equal(await expired(Number(state.ttl!.oldestMillis)), 0);
  });

  test('timers fall into buckets by the time until they are due', async () => {
    const at = Date.parse('2100-01-01T00:00:00Z');
    const { states } = await stats('fraud-detector-flink2.3-rocksdb-savepoint', true, { atMillis: at });
    const timers = states.filter(({ kind }) => kind === 'timer');
    for (const { timers: found, entries } of timers) {
      assert.equal(
        found!.buckets.reduce((sum, { count }) => sum + count, 0),
        entries,
      );
      assert.ok(Number(found!.earliestMillis) <= Number(found!.latestMillis));
    }
    const overdue = linesOf('fraud-detector-flink2.3-rocksdb-savepoint').filter(
      ({ kind, value }) => kind === 'timer' && Number(value) < at,
    );
    const counted = timers.map((one) => one.timers!.buckets[0]!.count).reduce((sum, count) => sum + count, 0);
    assert.equal(counted, overdue.length);
  });

  for (const values of [true, false]) {
    test(`histograms: the bytes of each key group, ${values ? 'decoded' : 'from frames'}`, async () => {
      const fixture = 'fraud-detector-flink2.3-rocksdb-savepoint';
      const { states } = await stats(fixture, values, { histograms: true });
      const { keyGroups, keyBytes, valueBytes } = states.find(({ name }) => name === 'tx-count')!;
      const lines = linesOf(fixture).filter(({ state }) => state === 'tx-count');
      const bytes = keyGroups!.bytes!;
      assert.equal(bytes.length, 128);
      const holding = [...bytes.keys()].filter((group) => bytes[group]! > 0);
      const expected = [...new Set(lines.map(({ keyGroup }) => keyGroup))].sort((a, b) => a - b);
      assert.deepEqual(holding, expected);
      assert.equal(
        bytes.reduce((sum, one) => sum + one, 0),
        keyBytes!.total + valueBytes!.total,
      );
    });
  }

  test('histograms: ages of TTL values, expired ones apart', async () => {
    const fixture = 'zoo-kinds-flink2.3-rocksdb-savepoint';
    const address = 'kinds-with-ttl/value';
    const find = async (more: Partial<StatsOptions>) =>
      (await stats(fixture, true, { histograms: true, ...more })).states.find(
        (state) => state.address === address,
      )!.ttl!;
    const { newestMillis, values } = await find({});
    const newest = Number(newestMillis);
    const holding = async (more: Partial<StatsOptions>) =>
      (await find(more))
        .ages!.filter((bucket) => bucket.values > 0)
        .map((bucket) => [bucket.name, bucket.values, bucket.expired]);
    const hour = 3_600_000;
    assert.deepEqual(await holding({ atMillis: 0 }), [['ahead of time', values, null]]);
    assert.deepEqual(await holding({ atMillis: newest + 3 * hour }), [['last day', values, null]]);
    assert.deepEqual(await holding({ atMillis: newest + 3 * hour, ttlMillis: hour }), [
      ['last day', values, values],
    ]);
    assert.deepEqual(await holding({ atMillis: newest + 400 * 24 * hour, ttlMillis: hour }), [
      ['before', values, values],
    ]);
  });

  test('without histograms nothing of them is told', async () => {
    const { states } = await stats('zoo-kinds-flink2.3-rocksdb-savepoint');
    for (const { keyGroups, ttl, valueBytes } of states) {
      assert.equal(keyGroups?.bytes, undefined);
      assert.equal(ttl?.ages, undefined);
      assert.equal(valueBytes?.octaves, undefined);
    }
  });

  test('what is opaque is counted', async () => {
    const { states } = await stats('zoo-pojos-flink2.3-rocksdb-savepoint');
    const sealed = states.find(({ address }) => address === 'kryo/sealed')!;
    assert.equal(sealed.opaque.share, 1);
    assert.equal(sealed.opaque.bytes, sealed.valueBytes!.total);
    const customer = states.find(({ address }) => address === 'pojos/customer')!;
    assert.equal(customer.opaque.bytes, 0);
  });
});

describe('histogram', () => {
  test('minimum, maximum and mean are exact, quantiles are off by less than 1 %', async () => {
    const file = path.join(ROOT, 'packages/inspect/dist/stats/histogram.js');
    const { Histogram } = (await import(
      file
    )) as typeof import('../../packages/inspect/src/stats/histogram.js');
    const sizes = fc.oneof(fc.nat(300), fc.nat(100_000), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 200 }), (values) => {
        const histogram = new Histogram();
        for (const value of values) histogram.add(value);
        const sorted = values.toSorted((a, b) => a - b);
        const found = histogram.distribution()!;
        assert.equal(found.min, sorted[0]);
        assert.equal(found.max, sorted.at(-1));
        for (const [share, value] of [
          [0.5, found.p50],
          [0.9, found.p90],
          [0.99, found.p99],
        ] as const) {
          const exact = sorted[Math.ceil(sorted.length * share) - 1]!;
          assert.ok(Math.abs(value - exact) <= exact * 0.01, `${value} for ${exact}`);
        }
      }),
    );
  });

  test('octaves hold every number once, and their sums', async () => {
    const { Histogram } = (await import(
      path.join(ROOT, 'packages/inspect/dist/stats/histogram.js')
    )) as typeof import('../../packages/inspect/src/stats/histogram.js');
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 200 }), (values) => {
        const histogram = new Histogram();
        for (const value of values) histogram.add(value);
        for (const { from, to, count, total } of histogram.distribution(true)!.octaves!) {
          const inside = values.filter((value) => value >= from && value < to);
          const exact = inside.reduce((sum, value) => sum + value, 0);
          assert.equal(count, inside.length);
          assert.ok(Math.abs(total - exact) <= exact * 0.01, `${total} for ${exact}`);
        }
      }),
    );
  });
});
