import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equalEntries, readEntries, type Savepoint } from '@statewright/savepoint';
import { type Entry, LONG_MAP, memorySavepoint, STRING_VALUE } from '../inspect/diff-bytes.js';

/* What two sides hold with the same bytes is found without decoding, and left out of what is decoded. */

const value = (key: string, text: string): Entry => ({ state: STRING_VALUE, key, value: text });
const map = (key: string, entries: [string, bigint][]): Entry => ({
  state: LONG_MAP,
  key,
  value: new Map(entries),
});

async function sides(old: readonly Entry[], now: readonly Entry[]): Promise<[Savepoint, Savepoint]> {
  const savepoint = (entries: readonly Entry[]) =>
    memorySavepoint({ layout: 'canonical', groups: [[2, entries]] });
  return [await savepoint(old), await savepoint(now)];
}

async function find([a, b]: [Savepoint, Savepoint]) {
  const [old, now] = [a.operators[0]!, b.operators[0]!];
  const pairs = old.states.map((state, i) => [state, now.states[i]!] as const);
  return equalEntries({ savepoint: a, operator: old }, { savepoint: b, operator: now }, pairs)(2);
}

async function keysLeft(savepoint: Savepoint, bits: Uint8Array | 'all'): Promise<unknown[]> {
  const keys: unknown[] = [];
  const { states } = savepoint.operators[0]!;
  for await (const batch of readEntries(savepoint, states, { leaveOut: async () => bits }))
    keys.push(...batch.map(({ key }) => key));
  return keys;
}

test('a changed value, an added and a removed key are left to decode, whatever stands between them', async () => {
  const many = Array.from({ length: 40 }, (_, i) => value(`k${i}`, 'same'));
  const old = [
    value('a', '1'),
    ...many.slice(0, 20),
    value('gone', 'x'),
    ...many.slice(20),
    value('z', 'end'),
  ];
  const now = [
    value('a', '2'),
    ...many.slice(0, 20),
    value('new', 'x'),
    ...many.slice(20),
    value('z', 'end'),
  ];
  const both = await sides(old, now);
  const equal = await find(both);
  assert.deepEqual(equal?.counts[0], { entries: 41, mapEntries: 0 });
  assert.deepEqual(await keysLeft(both[0], equal.old), ['a', 'gone']);
  assert.deepEqual(await keysLeft(both[1], equal.new), ['a', 'new']);
});

test('entries in another order are found by their keys; the last one has a flag in its key and is decoded', async () => {
  const many = Array.from({ length: 50 }, (_, i) => value(`k${i}`, `v${i}`));
  const both = await sides(many, [...many].reverse());
  const equal = await find(both);
  assert.deepEqual(equal?.counts[0], { entries: 48, mapEntries: 0 });
  assert.deepEqual(await keysLeft(both[0], equal.old), ['k0', 'k49']);
  assert.deepEqual(await keysLeft(both[1], equal.new), ['k49', 'k0']);
});

test('a map is the same as a whole or not at all, and a key that begins with another one is another map', async () => {
  const old = [
    map('a', [
      ['x', 1n],
      ['y', 2n],
    ]),
    map('aa', [['x', 1n]]),
    map('b', [['x', 1n]]),
  ];
  const now = [
    map('a', [
      ['x', 1n],
      ['y', 3n],
    ]),
    map('aa', [['x', 1n]]),
    map('b', [['x', 1n]]),
  ];
  const both = await sides(old, now);
  const equal = await find(both);
  assert.deepEqual(equal?.counts[1], { entries: 2, mapEntries: 2 });
  assert.deepEqual(await keysLeft(both[0], equal.old), ['a']);
});

test('a key group of which everything is the same is not read again', async () => {
  const both = await sides(
    [value('a', '1'), map('a', [['x', 1n]])],
    [value('a', '1'), map('a', [['x', 1n]])],
  );
  const equal = await find(both);
  assert.deepEqual([equal?.old, equal?.new], ['all', 'all']);
  assert.deepEqual(await keysLeft(both[0], 'all'), []);
});

test('streams without frames are left to decode', async () => {
  const heap = () => memorySavepoint({ layout: 'heap', groups: [[2, [value('a', '1')]]] });
  assert.equal(await find([await heap(), await heap()]), undefined);
});
