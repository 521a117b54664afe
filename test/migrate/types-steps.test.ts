import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { printType, resolveInPlace } from '@statewright/compat';
import type { PlannedState, StateFeed } from '@statewright/migrate';
import { convert, partsOf, resolve, type } from './types-run.js';

const ZOO = 'dev.statewright.fixtures.jobs.zoo';
const POJOS = 'fixtures/savepoints/zoo-pojos-flink2.3-hashmap-savepoint';
const AVRO = 'fixtures/savepoints/zoo-avro-flink2.3-hashmap-savepoint';
const KEYS = 'fixtures/savepoints/zoo-keys-flink2.3-hashmap-savepoint';
const UPGRADE = 'fixtures/migrate/upgrade-to-2';
const TARGET = {
  version: { major: 2, minor: 3 },
  sourceVersion: { major: 2, minor: 3 },
  backend: 'rocksdb',
} as const;

function plan(...steps: readonly string[]): string {
  if (steps.length === 0) return 'version: 1\nsteps: []\n';
  return `version: 1\nsteps:\n${steps.map((step) => `  - ${step}`).join('\n')}\n`;
}

async function stateAfter(snapshot: string, name: string, ...steps: readonly string[]) {
  const { job, steps: done } = await resolve(snapshot, plan(...steps), '2.3');
  const state = job.operators.flatMap(({ states }) => states).find((one) => one.name === name)!;
  const feed = state.feeds[0] as StateFeed;
  return { state, text: printType(state.valueSerializer), changes: feed.changes, done };
}

function refused(snapshot: string, message: RegExp, ...steps: readonly string[]) {
  return assert.rejects(resolve(snapshot, plan(...steps), '2.3'), { code: 'BAD_DOCUMENT', message });
}

describe('fields of POJOs', () => {
  it('are the business of the class that declares them, in its subclasses, too', async () => {
    const { text } = await stateAfter(
      POJOS,
      'animal',
      `rename-field: { class: ${ZOO}.Animal, field: legs, to: zehen }`,
    );
    const dog = `registered subclass pojo ${ZOO}.Dog { barks: boolean, ${ZOO}.Animal#name: string, ${ZOO}.Animal#zehen: int }`;
    assert.equal(text, `pojo ${ZOO}.Animal { name: string, zehen: int, ${dog} }`);
  });

  it('cost nothing but metadata when a renamed one keeps its place in the order of names', async () => {
    const step = (to: string) => `rename-field: { class: ${ZOO}.Animal, field: legs, to: ${to} }`;
    const kept = await stateAfter(POJOS, 'animal', step('limbs'));
    assert.deepEqual([kept.done[0]!.category, kept.changes.length], ['metadata', 0]);
    const moved = await stateAfter(POJOS, 'animal', step('zehen'));
    assert.deepEqual([moved.done[0]!.category, moved.changes.length], ['rewriting', 1]);
  });

  it('give the type that a job with the new class has, which Flink takes as it is', async () => {
    const { state } = await stateAfter(
      POJOS,
      'addresses',
      `retype-field: { class: ${ZOO}.Address, field: number, to: long }`,
      `add-field: { class: ${ZOO}.Country, field: area, type: double, default: 1.5 }`,
      `drop-field: { class: ${ZOO}.Country, field: population }`,
      `rename-class: { class: ${ZOO}.Country, to: com.acme.Land }`,
    );
    const land = 'pojo com.acme.Land { area: double, code: string }';
    const now = type(`map<string, pojo ${ZOO}.Address { country: ${land}, number: long, street: string }>`);
    const { verdict, restores } = resolveInPlace(state.valueSerializer, now, TARGET, { isMapState: true });
    assert.deepEqual([verdict, restores], ['AS_IS', 'yes']);
  });

  it('can be set by earlier steps and found under their new names by later ones', async () => {
    const { entries } = await convert(
      POJOS,
      plan(
        `rename-field: { class: ${ZOO}.Address, field: number, to: house }`,
        `retype-field: { class: ${ZOO}.Address, field: house, to: string }`,
        `rename-class: { class: ${ZOO}.Address, to: com.acme.Place }`,
        `add-field: { class: com.acme.Place, field: tags, type: "list<string>", default: [x] }`,
      ),
      '2.3',
    );
    const [value] = [...entries].find(([at]) => at.includes('/addresses '))!.slice(1) as [
      [string, { house: unknown }][],
    ];
    const place = value[0]![1] as { house: unknown; tags: unknown };
    assert.equal(typeof place.house, 'string');
    assert.deepEqual(place.tags, ['x']);
  });

  it('are asked for by names that are there', async () => {
    const field = (of: string, name: string) => `drop-field: { class: ${ZOO}.${of}, field: ${name} }`;
    await refused(POJOS, /occurs nowhere.*did you mean "dev.*Animal"/, field('Animla', 'legs'));
    await refused(POJOS, /has no field "leg"; did you mean legs/, field('Animal', 'leg'));
    await refused(
      POJOS,
      /has a field "legs" already/,
      `rename-field: { class: ${ZOO}.Animal, field: name, to: legs }`,
    );
    await refused(
      AVRO,
      /is an Avro type here.*avro-evolve/,
      `drop-field: { class: ${await avroClass()}, field: id }`,
    );
  });

  it('of a superclass are not those of the subclass', async () => {
    const { job } = await resolve(POJOS, plan(`drop-field: { class: ${ZOO}.Dog, field: barks }`), '2.3');
    const states = job.operators.flatMap(({ states: all }) => all);
    assert.doesNotMatch(printType(states.find(({ name }) => name === 'animal')!.valueSerializer), /barks/);
    await refused(
      POJOS,
      /legs is a field of the superclass .*Animal/,
      `drop-field: { class: ${ZOO}.Dog, field: legs }`,
    );
  });

  it('need a default where Java has a primitive', async () => {
    const add = (rest: string) => `add-field: { class: ${ZOO}.Address, field: z, ${rest} }`;
    await refused(POJOS, /of type int cannot be null; give a default, or write int\?/, add('type: int'));
    await refused(POJOS, /300 is found but a byte is expected/, add('type: byte, default: 300'));
    const { text } = await stateAfter(POJOS, 'addresses', add('type: "int?"'));
    assert.match(text, /z: int }/);
  });

  it('can be made from the other fields', async () => {
    const step = (value: string) =>
      `add-field: { class: ${ZOO}.Address, field: label, type: string, value: '${value}' }`;
    const { entries } = await convert(POJOS, plan(step('string(value.number) + "!"')), '2.3');
    const addresses = [...entries]
      .filter(([at]) => at.includes('/addresses '))
      .flatMap(([, value]) => value as unknown[]);
    const places = addresses.map((pair) => (pair as [string, { number: number; label: string }])[1]);
    assert.ok(places.length > 0);
    for (const { number, label } of places) assert.equal(label, `${number}!`);
    await refused(POJOS, /key is not known inside of an object/, step('string(key)'));
    await refused(POJOS, /a value is given, too/, `${step('value.street').slice(0, -1)}, default: x }`);
  });

  it('of Kryo can be dropped where its bytes say where they end', async () => {
    const drop = (field: string) => `drop-field: { class: com.acme.Basket, field: ${field} }`;
    const options = { uids: ['baskets'] };
    const source = `${UPGRADE}/flink1.20/source`;
    const { entries } = await convert(source, plan(drop('counts'), drop('tags')), '1.20', options);
    const baskets = [...entries].filter(([at]) => at.includes('/basket ')).map(([, value]) => value);
    assert.ok(baskets.length > 0);
    for (const one of baskets) assert.deepEqual(Object.keys(one as object), ['owner']);
    const sealed = plan(`drop-field: { class: ${ZOO}.Holder, field: kryo }`);
    await assert.rejects(convert(POJOS, sealed, '2.3'), { message: /Sealed/ });
  });

  it('that tell keys of a map apart cannot be dropped', async () => {
    const { job } = await resolve(KEYS, plan(), '2.3');
    const states = job.operators.flatMap(({ states: all }) => all).filter(({ kind }) => kind === 'map');
    const texts = states.map(({ valueSerializer }) => printType(valueSerializer));
    const [, className, field] = texts
      .map((text) => /^map<pojo (\S+) { (\w+):/.exec(text))
      .find((found) => found)!;
    await refused(
      KEYS,
      /is in the keys of .*of which several could become one/,
      `drop-field: { class: "${className}", field: ${field} }`,
    );
  });

  it('behind values that only Java reads cannot be moved before those were made readable', async () => {
    const step = `rename-field: { class: ${ZOO}.Holder, field: last, to: aaa }`;
    await assert.rejects(convert(POJOS, plan(step), '2.3'), {
      code: 'CANNOT_ENCODE',
      message: /field kryo of .*Holder is not readable.*kryo-to/,
    });
  });
});

describe('step retype-field', () => {
  const retype = (field: string, to: string, rest = '') =>
    `retype-field: { class: ${ZOO}.Customer, field: ${field}, to: "${to}"${rest} }`;
  const customers = async (...steps: readonly string[]) => {
    const { entries, events } = await convert(POJOS, plan(...steps), '2.3');
    const found = [...entries].filter(([at]) => at.includes('/customer ')).map(([, value]) => value);
    return { customers: found as { readonly [field: string]: unknown }[], events };
  };

  it('has nothing to do where the type is that already', async () => {
    const { steps } = await resolve(POJOS, plan(retype('id', 'long')), '2.3');
    assert.equal(steps[0]!.category, 'nothing');
  });

  it('refuses what has no conversion of its own', async () => {
    await refused(
      POJOS,
      /instant cannot become int by itself; say how by a step "map-values"/,
      retype('since', 'int'),
    );
    await refused(POJOS, /cannot become boolean/, retype('digits', 'boolean'));
  });

  it('writes numbers and constants as texts, and reads texts as numbers', async () => {
    const before = await customers(retype('id', 'long'));
    const { customers: after } = await customers(
      retype('id', 'string'),
      retype('level', 'string'),
      retype('score', 'string'),
      retype('balance', 'string'),
    );
    for (const [i, one] of after.entries()) {
      const old = before.customers[i]!;
      assert.equal(one.id, String(old.id));
      assert.equal(one.level, old.level);
      assert.equal(one.balance, old.balance);
      assert.equal(one.score === null ? null : Number(one.score), old.score);
    }
    const { customers: again } = await customers(retype('id', 'string'), retype('id', 'long'));
    assert.deepEqual(again, before.customers);
  });

  it('makes lists of arrays, with wider numbers', async () => {
    const before = (await customers(retype('score', 'double?'))).customers;
    const { customers: after } = await customers(
      retype('digits', 'list<long>'),
      retype('nicknames', 'list<string>'),
    );
    assert.deepEqual(
      after.map(({ digits }) => digits),
      before.map(({ digits }) => digits),
    );
    await assert.rejects(customers(retype('digits', 'list<string>')), {
      message: /field digits of .*Customer, at \[0\], is \d+, where a text is expected/,
    });
  });

  it('asks what becomes of nulls where the new type has none', async () => {
    const nulls = (await customers(retype('id', 'long'))).customers.filter(
      ({ since }) => since === null,
    ).length;
    assert.ok(nulls > 0, 'the fixture has a null');
    const clamp = ', policy: clamp';
    await assert.rejects(customers(retype('since', 'long', clamp)), {
      message: /is null.*write "\?" behind the type/,
    });
    const { customers: kept } = await customers(retype('since', 'long?', clamp));
    assert.equal(kept.filter(({ since }) => since === null).length, nulls);
    const { events } = await customers(retype('since', 'long', `${clamp}, onNull: default, default: 7`));
    assert.equal(events.get('defaulted'), events.get('null'));
  });
});

describe('step rename-class', () => {
  it('leaves bytes alone for enums, tuples and Avro', async () => {
    const enums = await stateAfter(
      POJOS,
      'customers',
      `rename-class: { class: ${ZOO}.Level, to: com.acme.Rank }`,
    );
    assert.match(enums.text, /level: enum com\.acme\.Rank\(BRONZE, SILVER, GOLD\)/);
    assert.deepEqual([enums.done[0]!.category, enums.changes.length], ['metadata', 0]);
    const name = await avroClass();
    const { steps } = await resolve(
      AVRO,
      plan(`rename-class: { class: ${name}, to: com.acme.Renamed }`),
      '2.3',
    );
    assert.equal(steps[0]!.category, 'metadata');
    // A record in a union is written by the name that it now has.
    const point = plan('rename-class: { class: Point, to: com.acme.Point }');
    const before = await convert(AVRO, plan(), '2.3');
    assert.deepEqual((await convert(AVRO, point, '2.3')).entries, before.entries);
  });

  it('searches POJOs for subclasses that no snapshot knows, unless there are none', async () => {
    const step = (rest: string) => `rename-class: { class: ${ZOO}.Address, to: com.acme.Place${rest} }`;
    assert.equal((await stateAfter(POJOS, 'addresses', step(''))).done[0]!.category, 'rewriting');
    const known = await stateAfter(POJOS, 'addresses', step(', subclasses: known'));
    assert.deepEqual([known.done[0]!.category, known.changes.length], ['metadata', 0]);
  });

  it('keeps to values unless keys are named', async () => {
    const { job } = await resolve(KEYS, plan(), '2.3');
    const pojoOf = ({ keySerializer: key }: PlannedState) => key && /^pojo (\S+)/.exec(printType(key))?.[1];
    const operator = job.operators.find(({ states }) => states.some((state) => pojoOf(state) !== undefined))!;
    const pojo = pojoOf(operator.states[0]!)!;
    const step = (rest: string) => `rename-class: { class: "${pojo}", to: com.acme.Key${rest} }`;
    const one = `, within: ${operator.uid}/value`;
    await refused(KEYS, /stands in a key or namespace, which "keys: true" includes/, step(one));
    await refused(KEYS, /the key is shared by all states of the operator/, step(`${one}, keys: true`));
    const { job: now } = await resolve(KEYS, plan(step(', keys: true')), '2.3');
    const texts = now.operators.flatMap(({ states }) =>
      states.map(({ keySerializer: key }) => key && printType(key)),
    );
    assert.ok(texts.some((text) => text?.includes('pojo com.acme.Key ')));
    assert.ok(!texts.some((text) => text?.includes(pojo)));
  });
});

describe('step declare-subclass', () => {
  const rename = `rename-field: { class: ${ZOO}.Animal, field: legs, to: zehen }`;
  const parrot = `pojo ${ZOO}.Parrot { ${ZOO}.Animal#legs: int, age: long, ${ZOO}.Animal#name: string, words: string }`;
  const declare = (subclass: string) => `declare-subclass: { class: ${ZOO}.Animal, subclass: "${subclass}" }`;

  it('makes values readable that no snapshot describes, so that other steps can change them', async () => {
    await assert.rejects(convert(POJOS, plan(rename), '2.3'), {
      code: 'CANNOT_ENCODE',
      message: /pojo .*Animal is not readable.*by a step "declare-subclass"/,
    });
    const { entries, resolved } = await convert(POJOS, plan(declare(parrot), rename), '2.3');
    assert.deepEqual(
      resolved.steps.map(({ category }) => category),
      ['metadata', 'rewriting'],
    );
    const animals = [...entries].filter(([at]) => at.includes('/animal ')).map(([, value]) => value);
    assert.ok(
      animals.some((one) =>
        JSON.stringify(one).includes('"@class":"dev.statewright.fixtures.jobs.zoo.Parrot"'),
      ),
    );
    assert.ok(animals.every((one) => JSON.stringify(one).includes('"zehen":')));
  });

  it('refuses what is known already and what is no POJO', async () => {
    await refused(
      POJOS,
      /knows .*Dog already, as pojo .*barks/,
      declare(`pojo ${ZOO}.Dog { barks: boolean }`),
    );
    await refused(POJOS, /a subclass is written as pojo CLASS/, declare('string'));
  });
});

describe('step kryo-to', () => {
  it('gives a list of a POJO the serializer that 2.x has for it, when it upgrades', async () => {
    const text = await readFile(`${UPGRADE}/plan.yaml`, 'utf8');
    const options = { uids: ['baskets'] };
    const { resolved, entries } = await convert(`${UPGRADE}/flink1.20/source`, text, '2.3', options);
    const states = resolved.job.operators.flatMap(({ states: all }) => all);
    const basket = states.find(({ name }) => name === 'basket')!;
    const now = type(
      'pojo com.acme.Basket { counts: nullable<map<string?, int>>, owner: string, tags: nullable<list<string?>> }',
    );
    const upgrade = { ...TARGET, sourceVersion: { major: 1, minor: 20 } };
    assert.equal(resolveInPlace(partsOf(basket).element, now, upgrade).verdict, 'AS_IS');
    // A job has the fields of a POJO sorted by name, in whatever order the plan says them.
    const profile = printType(states.find(({ name }) => name === 'profile')!.valueSerializer);
    assert.match(
      profile,
      /^pojo com\.acme\.Profile { badges: .*, level: .*, nick: .*, points: .*, tier: .* }$/,
    );
    const values = [...entries].filter(([at]) => at.includes('/basket ')).map(([, value]) => value);
    assert.ok(values.every((value) => Array.isArray((value as { tags: unknown }).tags)));
  });

  it('names the value and the place that do not fit', async () => {
    const step = (layout: string, to: string, field = 'tags') =>
      `kryo-to: { class: com.acme.Basket, field: ${field}, layout: "${layout}", to: "${to}" }`;
    const counts = step('java.util.HashMap<string, java.lang.Integer>', 'map<string, int>', 'counts');
    const source = `${UPGRADE}/flink1.20/source`;
    await assert.rejects(
      convert(source, plan(step('java.util.ArrayList<string>', 'list<int>'), counts), '2.3'),
      {
        code: 'CANNOT_ENCODE',
        message: /field tags of com\.acme\.Basket, at \[0\], is "badge-0", where an int is expected/,
      },
    );
    await refused(source, /has no layout/, step('java.util.ArrayList<com.acme.Badge>', 'list<string>'));
  });
});

async function avroClass(): Promise<string> {
  const { job } = await resolve(AVRO, plan(), '2.3');
  const texts = job.operators.flatMap(({ states }) =>
    states.map(({ valueSerializer }) => printType(valueSerializer)),
  );
  const found = texts
    .map((text) => /"name":\s*"(\w+)",\s*"namespace":\s*"([\w.]+)"/.exec(text))
    .find((match) => match)!;
  return `${found[2]}.${found[1]}`;
}
