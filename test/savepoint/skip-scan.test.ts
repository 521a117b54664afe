import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import {
  LengthHistogram,
  openSavepoint,
  readEntries,
  type Savepoint,
  skipScan,
} from '@statewright/savepoint';
import { MapValue } from '@statewright/serializers';
import { CORPUS, FIXTURES, snapshots } from './corpus.js';

/** `state/key group` to entries and value bytes, as decoding finds them; a map's entries count one each. */
async function decoded(savepoint: Savepoint): Promise<Map<string, number[]>> {
  const counts = new Map<string, number[]>();
  for (const state of savepoint.operators.flatMap((operator) => operator.states)) {
    if (!state.parts.every(({ stream }) => stream.format === 'canonical')) continue;
    for await (const batch of readEntries(savepoint, [state])) {
      for (const { value, keyGroup, valueBytes } of batch) {
        const key = `${state.operator.id}/${state.kind}/${state.name}/${keyGroup}`;
        const [entries = 0, bytes = 0] = counts.get(key) ?? [];
        const raw = state.kind === 'map' && value instanceof MapValue ? value.entries.length : 1;
        // The user keys of a map are keys in the file, and a timer is all key.
        const comparable = state.kind === 'map' || state.kind === 'timer' ? 0 : valueBytes;
        counts.set(key, [entries + raw, bytes + comparable]);
      }
    }
  }
  return counts;
}

async function scanned(savepoint: Savepoint): Promise<Map<string, number[]>> {
  const counts = new Map<string, number[]>();
  for await (const { operator, stream, states } of skipScan(savepoint)) {
    for (const { state, counts: found } of states) {
      assert.ok(state !== undefined || stream.problem !== undefined);
      if (state === undefined) continue;
      assert.equal(found.keyLengths.count, sum(found.entries));
      assert.equal(found.valueLengths.count, sum(found.entries));
      for (const [i, entries] of found.entries.entries()) {
        if (entries === 0) continue;
        const key = `${operator.id}/${state.kind}/${state.name}/${stream.keyGroups!.start + i}`;
        const comparable = state.kind === 'map' || state.kind === 'timer' ? 0 : found.valueBytes[i]!;
        counts.set(key, [entries, comparable]);
      }
    }
  }
  return counts;
}

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function sorted(counts: Map<string, number[]>): [string, number[]][] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('a scan of frames counts what decoding finds', () => {
  for (const name of readdirSync(FIXTURES).filter((each) => /-savepoint(-compressed|-inline)?$/.test(each))) {
    test(name, async () => {
      const savepoint = await openSavepoint(join(FIXTURES, name), { relocate: true });
      assert.deepEqual(sorted(await scanned(savepoint)), sorted(await decoded(savepoint)));
    });
  }

  test('the official savepoints', async () => {
    let streams = 0;
    for (const entry of snapshots()) {
      if (entry.metadataVersion === 1) continue;
      const savepoint = await openSavepoint(dirname(join(CORPUS, entry.metadata)));
      const counts = await scanned(savepoint);
      assert.deepEqual(sorted(counts), sorted(await decoded(savepoint)), entry.id);
      streams += counts.size;
    }
    assert.ok(streams > 100);
  });
});

test('quantiles of lengths are off by less than 1 %', () => {
  assert.equal(new LengthHistogram().quantile(0.5), 0);
  for (let length = 0; length < 2 ** 31; length = Math.ceil(length * 1.0173) + 1) {
    const histogram = new LengthHistogram();
    histogram.add(length);
    const found = histogram.quantile(0.5);
    assert.ok(Math.abs(found - length) <= length / 100, `${found} for ${length}`);
  }
  const many = new LengthHistogram();
  for (let length = 1; length <= 1000; length++) many.add(length);
  assert.equal(many.quantile(0.2), 200);
  assert.ok(Math.abs(many.quantile(0.9) - 900) <= 9);
});
