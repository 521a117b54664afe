import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EntryChange } from '@statewright/inspect';
import {
  bigState,
  type Edited,
  INT_LIST,
  LONG_MAP,
  memorySavepoint,
  STRING_VALUE,
  textOf,
} from './diff-bytes.js';
import { diffOf } from './diff-pairs.js';

/* What is told of a changed value: argued by hand. */

async function changesOf(old: Edited, now: Edited, options = {}): Promise<readonly EntryChange[]> {
  return (await diffOf(await memorySavepoint(old), await memorySavepoint(now), options)).changes;
}

function fieldsOf(changes: readonly EntryChange[]): string[] {
  return changes.flatMap(({ fields }) => fields.map(textOf));
}

function listOf(...values: number[]): Edited {
  return { layout: 'canonical', groups: [[0, [{ state: INT_LIST, key: 'k', value: values }]]] };
}

function mapOf(entries: Record<string, bigint>): Edited {
  const value = new Map(Object.entries(entries));
  return { layout: 'canonical', groups: [[0, [{ state: LONG_MAP, key: 'k', value }]]] };
}

function valueOfKey(key: string, value: string, group = 0): Edited {
  return { layout: 'canonical', groups: [[group, [{ state: STRING_VALUE, key, value }]]] };
}

describe('a changed list tells the elements that are not the same', () => {
  const cases: readonly (readonly [string, number[], number[], string[]])[] = [
    ['one replaced', [1, 2, 3], [1, 9, 3], ['value[1]: 2 → 9']],
    ['one more at the end', [1, 2], [1, 2, 3], ['+ value[2]: 3']],
    ['one more at the start', [2, 3], [1, 2, 3], ['+ value[0]: 1']],
    ['one less in the middle', [1, 2, 3], [1, 3], ['- value[1]: 2']],
    ['shifted, and one replaced', [1, 2, 3, 4, 5], [2, 3, 9, 5], ['- value[0]: 1', 'value[2]: 4 → 9']],
    ['all of it', [1, 2], [3], ['value[0]: 1 → 3', '- value[1]: 2']],
  ];
  for (const [name, old, now, expected] of cases) {
    test(name, async () =>
      assert.deepEqual(fieldsOf(await changesOf(listOf(...old), listOf(...now))), expected),
    );
  }

  test('lists too long for a shortest script are compared place by place', async () => {
    const old = Array.from({ length: 1000 }, (_, i) => i);
    const now = old.map((each) => each + 5000);
    const [change] = await changesOf(listOf(...old), listOf(...now));
    assert.equal(change?.fields.length, 1000);
    assert.equal(textOf(change.fields[7]!), 'value[7]: 7 → 5007');
  });
});

describe('a changed map tells its entries by key', () => {
  test('added, removed, changed', async () => {
    const [change] = await changesOf(mapOf({ a: 1n, b: 2n, c: 3n }), mapOf({ b: 5n, c: 3n, d: 4n }));
    assert.equal(change?.change, 'changed');
    assert.deepEqual(change.fields.map(textOf), ['- value["a"]: 1', 'value["b"]: 2 → 5', '+ value["d"]: 4']);
    assert.equal(Object.hasOwn(change, 'old'), false, 'a map may be of any size');
  });

  test('keys like the names of every object are keys', async () => {
    const [change] = await changesOf(
      mapOf({ constructor: 1n, ['__proto__']: 1n }),
      mapOf({ constructor: 2n, toString: 3n }),
    );
    const told = change?.fields.map(textOf) ?? [];
    assert.ok(told.includes('value["constructor"]: 1 → 2'), told.join());
    assert.ok(told.includes('+ value["toString"]: 3'), told.join());
  });

  test('a map with more changes than are told at once comes in parts, and counts once', async () => {
    const many = Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`k${i}`, BigInt(i)]));
    const old = await memorySavepoint(mapOf({ a: 1n }));
    const view = await diffOf(old, await memorySavepoint(mapOf({ a: 1n, ...many })));
    assert.deepEqual(
      view.changes.map(({ change, fields, continues }) => [change, fields.length, continues === true]),
      [
        ['changed', 1000, false],
        ['changed', 1000, true],
        ['changed', 500, true],
      ],
    );
    assert.equal(view.total?.changed, 1);
    assert.equal(view.states.find(({ kind }) => kind === 'map')?.mapEntries?.added, 2500);
    assert.equal(view.states.find(({ kind }) => kind === 'map')?.mapEntries?.unchanged, 1);
  });
});

describe('entries', () => {
  test('are told with their key group, key and values', async () => {
    const [change] = await changesOf(valueOfKey('k', 'one', 3), valueOfKey('k', 'two', 3));
    assert.equal(change?.keyGroup, 3);
    assert.equal(change.key, 'k');
    assert.equal(change.namespace, null);
    assert.deepEqual([change.old, change.new], ['one', 'two']);
    assert.deepEqual(change.fields.map(textOf), ['value: "one" → "two"']);
  });

  test('of which only as many as asked for are listed, are all counted', async () => {
    const old = await memorySavepoint(bigState(500, 0));
    const now = await memorySavepoint(bigState(500, 1));
    const view = await diffOf(old, now, { limit: 7 });
    assert.equal(view.changes.length, 7);
    assert.equal(view.changesLeftOut, 493);
    assert.equal(view.total?.changed, 500);
  });

  test('of key groups of the same bytes are not decoded twice, and are counted all the same', async () => {
    const old = await memorySavepoint(bigState(300, 0));
    const now = await memorySavepoint(bigState(300, 0, 17));
    const view = await diffOf(old, now);
    assert.equal(view.equalKeyGroups, 3);
    assert.equal(view.total?.changed, 1);
    assert.equal(view.total?.unchanged, 299);
    const all = await diffOf(old, now, { decodeAll: true });
    assert.equal(all.equalKeyGroups, 0);
    assert.deepEqual({ ...all, equalKeyGroups: 3 }, view);
  });
});
