import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { printType } from '@statewright/compat';
import { FRAUD, POJOS, refused, TYPES, values } from './entries-case.js';
import { migrate, unmigrated } from './in-memory.js';

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
