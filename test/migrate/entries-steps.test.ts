import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { printType } from '@statewright/compat';
import { FRAUD, KINDS, POJOS, refused, TYPES, values } from './entries-case.js';
import { migrate, unmigrated } from './in-memory.js';

describe('value-to-list', () => {
  test('a list in a value becomes the list state, an empty one no entry', async () => {
    const before = await unmigrated(TYPES, 'containers/list');
    const { state, entries } = await migrate(
      TYPES,
      '  - value-to-list: { state: containers/list }',
      'containers/list',
    );
    assert.equal(state.kind, 'list');
    assert.equal(printType(state.valueSerializer), 'list<string>');
    assert.deepEqual(values(before), [['a', ''], []]);
    assert.deepEqual(entries, [before[0]]);
  });

  test('int[] has elements of int, and another value is one element', async () => {
    const ints = await migrate(TYPES, '  - value-to-list: { state: arrays/ints }', 'arrays/ints');
    assert.equal(printType(ints.state.valueSerializer), 'list<int>');
    assert.deepEqual(ints.entries[0]!.value, [1, -1]);
    const one = await migrate(TYPES, '  - value-to-list: { state: basic/enum }', 'basic/enum');
    assert.deepEqual(values(one.entries).slice(0, 3), [['BRONZE'], ['SILVER'], ['GOLD']]);
  });

  test('each element gets the time of the value', async () => {
    const before = await unmigrated(KINDS, 'kinds-with-ttl/value');
    const { state, entries } = await migrate(
      KINDS,
      '  - value-to-list: { state: kinds-with-ttl/value }',
      'kinds-with-ttl/value',
    );
    assert.equal(printType(state.valueSerializer), 'list<ttl<string>>');
    assert.deepEqual(
      entries.map(({ value, ttl }) => [value, ttl]),
      before.map(({ value, ttl }) => [[value], [ttl]]),
    );
  });

  test('null has no place in a list state', async () => {
    const reason = await refused(TYPES, '  - value-to-list: { state: arrays/strings }', 'arrays/strings');
    assert.match(reason, /^null is found/);
  });
});

describe('value-to-map', () => {
  test('a map in a value becomes the map state, null values included', async () => {
    const before = await unmigrated(TYPES, 'containers/map');
    const { state, entries } = await migrate(
      TYPES,
      '  - value-to-map: { state: containers/map }',
      'containers/map',
    );
    assert.equal(state.kind, 'map');
    assert.equal(printType(state.valueSerializer), 'map<string, double>');
    assert.deepEqual(
      entries,
      before.filter(({ value }) => (value as unknown[]).length > 0),
    );
    assert.ok(before.length > entries.length);
  });

  test('a list in a value by a field of its elements', async () => {
    const plan = '  - value-to-map: { state: containers/list, key: value.size(), keyType: long }';
    const { state, entries } = await migrate(
      TYPES,
      plan.replace('value.size()', '"size(value)"'),
      'containers/list',
    );
    assert.equal(printType(state.valueSerializer), 'map<long, string>');
    assert.deepEqual(values(entries), [
      [
        [0, ''],
        [1, 'a'],
      ],
    ]);
  });

  test('what is neither a map nor a list is refused', async () => {
    assert.match(
      await refused(TYPES, '  - value-to-map: { state: basic/int }', 'basic/int'),
      /neither a map nor a list/,
    );
    assert.match(
      await refused(TYPES, '  - value-to-map: { state: containers/list }', 'containers/list'),
      /no key is given/,
    );
  });
});

describe('list-to-map', () => {
  const steps = (more = '') => `  - list-to-map: { state: pojos/customers, key: level${more} }`;

  test('by a field, which must be there once', async () => {
    const before = await unmigrated(POJOS, 'pojos/customers');
    const { state, entries } = await migrate(POJOS, steps(), 'pojos/customers');
    assert.match(printType(state.valueSerializer), /^map<enum dev\.statewright\.fixtures\.jobs\.zoo\.Level/);
    assert.deepEqual(
      entries.map(({ key, value }) => [key, value]),
      before.map(({ key, value }) => [key, (value as { level: string }[]).map((one) => [one.level, one])]),
    );
  });

  test('with a part of the element as value', async () => {
    const { state, entries } = await migrate(POJOS, steps(', value: home.street'), 'pojos/customers');
    assert.match(printType(state.valueSerializer), /, string>$/);
    assert.ok(
      entries.every(({ value }) => (value as unknown[][]).every(([, street]) => street === 'Main Street')),
    );
  });

  test('two values with one key fail, or the first or the last stays', async () => {
    const list = (duplicates: string) => `  - value-to-list: { state: arrays/longs }
  - list-to-map: { state: arrays/longs, key: '"same"', keyType: string${duplicates} }`;
    const before = await unmigrated(TYPES, 'arrays/longs');
    assert.match(await refused(TYPES, list(''), 'arrays/longs'), /two values have the key "same"/);
    for (const which of ['first', 'last'] as const) {
      const { entries, events } = await migrate(TYPES, list(`, duplicates: ${which}`), 'arrays/longs');
      const lists = values(before) as unknown[][];
      const kept = lists.filter(({ length }) => length > 0).map((one) => one.at(which === 'first' ? 0 : -1));
      assert.deepEqual(
        values(entries).map((map) => (map as unknown[][])[0]),
        kept.map((one) => ['same', one]),
      );
      assert.equal(events.skipped, lists.flat().length - kept.length);
    }
  });

  test('an element without a key fails, or is left out', async () => {
    const list = (policy: string) => `  - value-to-list: { state: basic/string }
  - filter-entries: { state: basic/string, keep: 'value != null' }
  - list-to-map: { state: basic/string, key: "size(value) > 1 ? value : null", keyType: string${policy} }`;
    assert.match(await refused(TYPES, list(''), 'basic/string'), /key of element 0 is null/);
    const before = values(await unmigrated(TYPES, 'basic/string')) as (string | null)[];
    const { entries, events } = await migrate(TYPES, list(', policy: skip'), 'basic/string');
    const kept = before.filter((one) => one !== null && [...one].length > 1);
    assert.deepEqual(
      values(entries),
      kept.map((one) => [[one, one]]),
    );
    assert.equal(events.null, before.length - kept.length);
  });

  test('a field that is not there is refused with the nearest', async () => {
    const plan = '  - list-to-map: { state: pojos/customers, key: levle }';
    assert.match(await refused(POJOS, plan, 'pojos/customers'), /has no field "levle"/);
  });
});

describe('filter-entries', () => {
  test('keeps entries, map entries and list elements for which the condition is true', async () => {
    const counts = await unmigrated(FRAUD, 'fraud-detector/tx-count');
    const kept = await migrate(
      FRAUD,
      "  - filter-entries: { state: fraud-detector/tx-count, keep: 'value > 10' }",
      'fraud-detector/tx-count',
    );
    assert.deepEqual(
      kept.entries,
      counts.filter(({ value }) => (value as number) > 10),
    );
    assert.equal(kept.events.skipped, counts.length - kept.entries.length);
    const maps = await unmigrated(FRAUD, 'fraud-detector/seen-merchants');
    const left = await migrate(
      FRAUD,
      '  - filter-entries: { state: fraud-detector/seen-merchants, keep: \'value && userKey != "acme"\' }',
      'fraud-detector/seen-merchants',
    );
    assert.deepEqual(
      left.entries,
      maps
        .map((entry) => ({
          ...entry,
          value: (entry.value as [string, boolean][]).filter(([user, one]) => one && user !== 'acme'),
        }))
        .filter(({ value }) => value.length > 0),
    );
  });

  test('of lists with TTL the times go along', async () => {
    const lists = await unmigrated(KINDS, 'kinds-with-ttl/list');
    const { entries } = await migrate(
      KINDS,
      "  - filter-entries: { state: kinds-with-ttl/list, keep: 'index == 1' }",
      'kinds-with-ttl/list',
    );
    assert.deepEqual(
      entries,
      lists
        .filter(({ value }) => (value as unknown[]).length > 1)
        .map((entry) => ({
          ...entry,
          value: [(entry.value as unknown[])[1]],
          ttl: [(entry.ttl as unknown[])[1]],
        })),
    );
  });

  test('within some key groups only', async () => {
    const counts = await migrate(
      FRAUD,
      "  - filter-entries: { state: fraud-detector/tx-count, keep: 'false', keyGroups: [0, 63] }",
      'fraud-detector/tx-count',
    );
    const again = await migrate(
      FRAUD,
      "  - filter-entries: { state: fraud-detector/tx-count, keep: 'keyGroup > 63' }",
      'fraud-detector/tx-count',
    );
    assert.ok(counts.entries.length > 0 && counts.events.skipped! > 0);
    assert.deepEqual(counts.entries, again.entries);
  });

  test('a condition that cannot be told is an error, and no false', async () => {
    const plan = "  - filter-entries: { state: fraud-detector/tx-count, keep: 'value.size > 10' }";
    assert.match(await refused(FRAUD, plan, 'fraud-detector/tx-count'), /cannot be told/);
  });
});
