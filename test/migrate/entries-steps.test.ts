import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StatewrightError } from '@statewright/bytes';
import { printType } from '@statewright/compat';
import { migrate, type Shown, unmigrated } from './in-memory.js';

/* What is expected is worked out by hand from what Flink's State Processor API reads of the same fixture. */

const FRAUD = 'fraud-detector-flink2.3-hashmap-savepoint';
const TYPES = 'zoo-types-flink2.3-hashmap-savepoint';
const POJOS = 'zoo-pojos-flink2.3-hashmap-savepoint';
const KINDS = 'zoo-kinds-flink2.3-hashmap-savepoint';

async function refused(fixture: string, steps: string, address: string): Promise<string> {
  const error = await migrate(fixture, steps, address).then(
    () => assert.fail('nothing was thrown'),
    (thrown: StatewrightError) => thrown,
  );
  return error.reason ?? String(error);
}

function values(entries: readonly Shown[]): unknown[] {
  return entries.map(({ value }) => value);
}

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

describe('map-values', () => {
  test('by an expression on the value alone, which copies keys', async () => {
    const before = await unmigrated(FRAUD, 'fraud-detector/tx-count');
    const plan = "  - map-values: { state: fraud-detector/tx-count, value: 'value * 2' }";
    const { state, entries } = await migrate(FRAUD, plan, 'fraud-detector/tx-count');
    assert.equal(state.feeds[0]!.type === 'state' && state.feeds[0]!.changes[0]!.type, 'values');
    assert.deepEqual(
      entries,
      before.map((entry) => ({ ...entry, value: 2 * (entry.value as number) })),
    );
  });

  test('whole numbers of every type are whole in expressions, too', async () => {
    const half = async (state: string, value = 'value / 2') =>
      values((await migrate(TYPES, `  - map-values: { state: ${state}, value: '${value}' }`, state)).entries);
    const ints = values(await unmigrated(TYPES, 'basic/int')) as number[];
    assert.deepEqual(
      await half('basic/int'),
      ints.map((one) => Math.trunc(one / 2) + 0),
    );
    const shorts = values(await unmigrated(TYPES, 'basic/short')) as number[];
    assert.deepEqual(
      await half('basic/short'),
      shorts.map((one) => Math.trunc(one / 2) + 0),
    );
    const tuples = values(await unmigrated(TYPES, 'containers/tuple3')) as [
      number,
      string,
      [boolean, number],
    ][];
    assert.deepEqual(
      await half('containers/tuple3', '[value[0] / 2, value[1], value[2]]'),
      tuples.map(([a, b, c]) => [Math.trunc(a / 2) + 0, b, c]),
    );
    const doubles = values(await unmigrated(TYPES, 'basic/float')) as unknown[];
    assert.deepEqual(await half('basic/float', 'value'), doubles);
    const odd = await migrate(
      TYPES,
      "  - filter-entries: { state: basic/int, keep: 'value / 2 * 2 != value' }",
      'basic/int',
    );
    assert.deepEqual(
      values(odd.entries),
      ints.filter((one) => one % 2 !== 0),
    );
  });

  test('with another type, from key, user key and value', async () => {
    const plan = `  - map-values:
      state: fraud-detector/seen-merchants
      value: "key + ':' + userKey + ':' + string(value)"
      type: string`;
    const before = await unmigrated(FRAUD, 'fraud-detector/seen-merchants');
    const { state, entries } = await migrate(FRAUD, plan, 'fraud-detector/seen-merchants');
    assert.equal(printType(state.valueSerializer), 'map<string, string>');
    assert.deepEqual(
      values(entries),
      before.map(({ key, value }) =>
        (value as [string, boolean][]).map(([user, one]) => [user, `${key}:${user}:${one}`]),
      ),
    );
  });

  test('what does not fit fails, is skipped, gets the default, or is clamped', async () => {
    const plan = (policy: string) =>
      `  - map-values: { state: basic/long, value: value, type: int${policy} }`;
    const before = (await unmigrated(TYPES, 'basic/long')).map(({ value }) => BigInt(value as number));
    const fits = (value: bigint) => BigInt.asIntN(32, value) === value;
    assert.ok(before.some(fits) && !before.every(fits));
    assert.match(await refused(TYPES, plan(''), 'basic/long'), /is found but an int is expected/);
    const skipped = await migrate(TYPES, plan(', policy: skip'), 'basic/long');
    assert.deepEqual(values(skipped.entries), before.filter(fits).map(Number));
    assert.equal(skipped.events.skipped, before.filter((value) => !fits(value)).length);
    const defaulted = await migrate(TYPES, plan(', policy: default, default: -7'), 'basic/long');
    assert.deepEqual(
      values(defaulted.entries),
      before.map((value) => (fits(value) ? Number(value) : -7)),
    );
    const clamped = await migrate(TYPES, plan(', policy: clamp'), 'basic/long');
    assert.deepEqual(
      values(clamped.entries),
      before.map((value) => (fits(value) ? Number(value) : value < 0n ? -2147483648 : 2147483647)),
    );
    assert.equal(clamped.events.clamped, clamped.events.overflow);
  });

  test('an object gives all fields of a POJO; what CEL cannot hold exactly stays what it was', async () => {
    const plan = `  - map-values:
      state: pojos/customer
      value: >-
        {"active": !value.active, "age": value.age + 1, "balance": value.balance, "digits": value.digits,
         "home": value.home, "id": value.id, "level": "GOLD", "name": value.name, "nicknames": value.nicknames,
         "rank": value.rank, "score": value.score, "since": value.since, "zone": value.zone}
      where: value != null`;
    const before = await unmigrated(POJOS, 'pojos/customer');
    const { entries } = await migrate(POJOS, plan, 'pojos/customer');
    assert.ok(before.length > 5);
    assert.deepEqual(
      entries,
      before.map((entry) => {
        const value = entry.value as { active: boolean; age: number };
        return { ...entry, value: { ...value, active: !value.active, age: value.age + 1, level: 'GOLD' } };
      }),
    );
  });

  test('a subclass, and one that the snapshot does not know, pass through an expression', async () => {
    const plan = "  - map-values: { state: pojos/animals, value: 'value', where: 'keyGroup >= 0' }";
    const { entries } = await migrate(POJOS, plan, 'pojos/animals');
    assert.deepEqual(entries, await unmigrated(POJOS, 'pojos/animals'));
  });

  test('by a module, in the JSON of export', async () => {
    const loadModule = async () => ({
      default: (value: { name: string }, about: { key: string }) => ({
        ...value,
        name: `${about.key} ${value.name}`,
      }),
    });
    const plan = '  - map-values: { state: pojos/customer, module: ./rename.js }';
    const before = await unmigrated(POJOS, 'pojos/customer');
    const { entries } = await migrate(POJOS, plan, 'pojos/customer', { loadModule });
    assert.deepEqual(
      entries,
      before.map((entry) => {
        const value = entry.value as { name: string };
        return { ...entry, value: { ...value, name: `${entry.key} ${value.name}` } };
      }),
    );
  });

  test('timers move', async () => {
    const queue = 'fraud-detector/_timer_state/event_user-timers';
    const plan = `  - map-values: { state: ${queue}, value: 'value + 3600000' }`;
    const before = await unmigrated(FRAUD, queue);
    const { entries } = await migrate(FRAUD, plan, queue);
    assert.ok(before.length > 0);
    assert.deepEqual(
      values(entries),
      values(before).map((time) => (time as number) + 3_600_000),
    );
  });

  test('operator list and broadcast state', async () => {
    const list = await migrate(
      FRAUD,
      "  - map-values: { state: alert-buffer/sent-offsets, value: '[value[0], value[1] + 1]' }",
      'alert-buffer/sent-offsets',
    );
    assert.deepEqual(
      (values(list.entries) as unknown[][]).map((one) => one[0]),
      [
        [0, 1],
        [1, 1001],
      ],
    );
    const broadcast = await migrate(
      FRAUD,
      "  - map-values: { state: rules/rules, value: 'value / 5' }",
      'rules/rules',
    );
    assert.deepEqual((values(broadcast.entries)[0] as unknown[])[4], ['limit-4', 500]);
  });

  test('a plan says what is wrong with it', async () => {
    const at = 'fraud-detector/tx-count';
    const wrong = (options: string) => refused(FRAUD, `  - map-values: { state: ${at}, ${options} }`, at);
    assert.match(await wrong("value: 'value +'"), /is no expression in CEL/);
    assert.match(await wrong('value: vlaue'), /is no expression in CEL \(.*vlaue/);
    assert.match(await wrong('policy: skip'), /nothing says what the new values are/);
    assert.match(await wrong('value: value, policy: default'), /no default is given/);
    assert.match(await wrong('value: value, default: 1'), /the policy is fail/);
    assert.match(await wrong("value: value, type: int, where: 'true'"), /have the old type/);
    assert.match(await wrong('module: ./nothing.js'), /no function as its default export/);
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
