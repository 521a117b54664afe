import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { apply, plan, readPlan, STEPS, verify, writePlan } from '@statewright/migrate';
import { PLAN_VERBS } from '@statewright/tui';
import { ROOT } from '../architecture/source-tree.js';
import { answer, choose, goToType, openTypeRows, openTypes, savePlan } from './plan-keys.js';
import { type Browser, openBrowser } from './press.js';

/* Every step that the browser offers: by keys into a plan, saved, and applied by the toolkit. */

const FRAUD = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const POJOS = 'fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint';
const KINDS = 'fixtures/savepoints/zoo-kinds-flink2.3-rocksdb-savepoint';
const CUSTOMER = 'dev.statewright.fixtures.jobs.zoo.Customer';
const source = (name: string): string => `fixtures/migrate/${name}/flink2.3/source`;

/** A step: the snapshot, how it is put together by keys, and what the plan says then. */
interface Case {
  readonly verb: string;
  readonly snapshot: string;
  build(ui: Browser): Promise<void>;
  readonly step: string;
}

/** On the first screen, with the cursor on its first operator. */
const onOperator = (verb: string, step: string, ...answers: readonly string[]): Case => ({
  verb,
  snapshot: FRAUD,
  async build(ui) {
    await ui.press('q');
    await ui.press('+');
    await choose(ui, verb);
    await answer(ui, ...answers);
  },
  step,
});

/** In the types, on a row below others that are opened. */
const onType = (
  verb: string,
  snapshot: string,
  rows: readonly RegExp[],
  step: string,
  ...answers: readonly string[]
): Case => ({
  verb,
  snapshot,
  async build(ui) {
    await openTypeRows(ui, ...rows);
    await ui.press('+');
    await choose(ui, verb);
    await answer(ui, ...answers);
  },
  step,
});

const IN_CUSTOMER = [/pojos\/customer:/, /^ {2}\+ value/];

const AVRO_PROFILE =
  '{"type":"record","name":"Profile","namespace":"com.acme.plain","fields":[{"name":"nick","type":["null","string"],"default":null},{"name":"level","type":"int"},{"name":"points","type":"long"},{"name":"ratio","type":"double"},{"name":"active","type":"boolean"}]}';
const AVRO_ORDER =
  '{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"amount","type":"double"},{"name":"id","type":"long"}]}';
const LAYOUT =
  'com.acme.LegacyProfile { nick: string, level: int, points: long, badges: java.util.ArrayList<string>, tier: enum com.acme.Tier(FREE, PRO) }';
const PROFILE =
  'pojo com.acme.Profile { nick: string, level: int, points: long, badges: list<string>, tier: enum com.acme.Tier(FREE, PRO) }';

const CASES: readonly Case[] = [
  onOperator(
    'rename-operator',
    'rename-operator: { operator: fraud-detector, to: fraud-detector-v2 }',
    'fraud-detector-v2',
  ),
  onOperator('drop-operator', 'drop-operator: { operator: fraud-detector }'),
  onOperator('set-max-parallelism', 'set-max-parallelism: { operator: fraud-detector, to: 256 }', '256'),
  onOperator('relocate', 'relocate: { to: "s3://bucket/savepoint-2" }', 's3://bucket/savepoint-2'),
  onType(
    'rename-state',
    FRAUD,
    [/fraud-detector\/tx-count/],
    'rename-state: { state: fraud-detector/tx-count, to: event-count }',
    'event-count',
  ),
  onType('drop-state', FRAUD, [/fraud-detector\/tx-count/], 'drop-state: { state: fraud-detector/tx-count }'),
  onType(
    'rename-field',
    POJOS,
    [...IN_CUSTOMER, /^ +name: string/],
    `rename-field: { class: ${CUSTOMER}, field: name, to: fullName }`,
    'fullName',
  ),
  onType(
    'drop-field',
    POJOS,
    [...IN_CUSTOMER, /^ +rank: int/],
    `drop-field: { class: ${CUSTOMER}, field: rank }`,
  ),
  onType(
    'retype-field',
    POJOS,
    [...IN_CUSTOMER, /^ +age: int/],
    `retype-field: { class: ${CUSTOMER}, field: age, to: byte, policy: clamp }`,
    'byte',
    'clamp',
  ),
  onType(
    'add-field',
    POJOS,
    [...IN_CUSTOMER, /^ +age: int/],
    `add-field: { class: ${CUSTOMER}, field: visits, type: int, default: 7 }`,
    'visits',
    'int',
    '7',
  ),
  onType(
    'rename-class',
    POJOS,
    [...IN_CUSTOMER, /^ +[+] home: pojo/],
    'rename-class: { class: dev.statewright.fixtures.jobs.zoo.Address, to: com.acme.Place }',
    'com.acme.Place',
  ),
  onType(
    'declare-subclass',
    POJOS,
    IN_CUSTOMER,
    `declare-subclass: { class: ${CUSTOMER}, subclass: "pojo com.acme.Vip { since: instant }" }`,
    'pojo com.acme.Vip { since: instant }',
  ),
  onType(
    'kryo-to',
    source('kryo-to-pojo'),
    [/profiles\/profile:/, /^ +value: kryo/],
    `kryo-to: { class: com.acme.LegacyProfile, layout: "${LAYOUT}", to: "${PROFILE}" }`,
    '',
    LAYOUT,
    PROFILE,
  ),
  onType(
    'pojo-to-avro',
    source('pojo-to-avro'),
    [/profiles\/profile:/, /^ {2}\+ value/],
    `pojo-to-avro: { class: com.acme.plain.Profile, schema: { type: record, name: Profile, namespace: com.acme.plain, fields: [{ name: nick, type: ["null", string], default: null }, { name: level, type: int }, { name: points, type: long }, { name: ratio, type: double }, { name: active, type: boolean }] } }`,
    AVRO_PROFILE,
  ),
  onType(
    'avro-evolve',
    source('avro-evolve'),
    [/orders\/order:/, /^ {2}\+ value/],
    `avro-evolve: { class: com.acme.Order, schema: { type: record, name: Order, namespace: com.acme, fields: [{ name: amount, type: double }, { name: id, type: long }] } }`,
    AVRO_ORDER,
  ),
  onType('value-to-list', source('value-to-map'), [/carts\/items/], 'value-to-list: { state: carts/items }'),
  onType('value-to-map', source('value-to-map'), [/carts\/counts/], 'value-to-map: { state: carts/counts }'),
  onType(
    'list-to-map',
    source('list-to-map'),
    [/carts\/items/],
    'list-to-map: { state: carts/items, key: sku, duplicates: last }',
    'sku',
    'last',
  ),
  onType(
    'reorder-fields',
    source('reorder-fields'),
    [/accounts\/pair/],
    'reorder-fields: { state: accounts/pair, order: [f1, f0] }',
    'f1, f0',
  ),
  onType(
    'add-ttl',
    KINDS,
    [/kinds\/value/],
    'add-ttl: { state: kinds/value, last-used: "2026-01-01T00:00:00Z" }',
    '2026-01-01T00:00:00Z',
  ),
  onType('remove-ttl', KINDS, [/kinds-with-ttl\/map:/], 'remove-ttl: { state: kinds-with-ttl/map }'),
  onType(
    'expire-ttl',
    KINDS,
    [/kinds-with-ttl\/value/],
    'expire-ttl: { state: kinds-with-ttl/value, ttl: "7 d", at: "2026-01-01T00:00:00Z" }',
    '7 d',
    '2026-01-01T00:00:00Z',
  ),
  onType(
    'map-values',
    FRAUD,
    [/fraud-detector\/tx-count/],
    'map-values: { state: fraud-detector/tx-count, value: "value * 2" }',
    'value * 2',
  ),
  onType(
    'filter-entries',
    FRAUD,
    [/fraud-detector\/tx-count/],
    'filter-entries: { state: fraud-detector/tx-count, keep: "value > 10" }',
    'value > 10',
  ),
  onType(
    'merge-states',
    source('merge-states'),
    [/left\/visits/],
    'merge-states: { states: [left/visits, right/visits], to: left/visits, duplicates: last }',
    'left/visits, right/visits',
    'left/visits',
    'last',
  ),
  onType(
    'split-state',
    FRAUD,
    [/fraud-detector\/tx-count/],
    'split-state: { state: fraud-detector/tx-count, into: [{ state: few, where: "value < 10" }, { state: many }] }',
    '[{ "state": "few", "where": "value < 10" }, { "state": "many" }]',
  ),
  onType(
    'load-state',
    FRAUD,
    [/fraud-detector\/tx-count/],
    `load-state: { state: fraud-detector/tx-count, from: "${path.join(ROOT, 'docs/migrations/files/old-counts.ndjson')}", duplicates: last }`,
    path.join(ROOT, 'docs/migrations/files/old-counts.ndjson'),
    'last',
  ),
  onType(
    'set-source-offsets',
    source('set-source-offsets'),
    [/reader\/offsets/],
    'set-source-offsets: { state: reader/offsets, partition: f0, offset: f1, set: { orders-2: 12 } }',
    'f0',
    'f1',
    '{ "orders-2": 12 }',
  ),
];

describe('steps that are put together by keys', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'statewright-verbs-'));
  after(() => rmSync(folder, { recursive: true }));

  test('are all steps that plans have, and each is tried here', () => {
    const known = STEPS.map(({ verb }) => verb).sort();
    assert.deepEqual(PLAN_VERBS.map(({ verb }) => verb).sort(), known);
    assert.deepEqual(CASES.map(({ verb }) => verb).sort(), known);
  });

  test('ask for options that the steps have', () => {
    for (const { verb, asks } of PLAN_VERBS) {
      const { properties } = STEPS.find((row) => row.verb === verb)!.options as {
        readonly properties: object;
      };
      for (const { option } of asks) assert.ok(option in properties, `${verb} ${option}`);
    }
  });

  for (const { verb, snapshot, build, step } of CASES) {
    test(`${verb} is saved as the plan that apply takes`, async () => {
      const ui = await openTypes(snapshot);
      await build(ui);
      const saved = await savePlan(ui);
      assert.equal(saved, `version: 1\nsteps:\n  - ${step}\n`);
      assert.equal(writePlan((await readPlan('plan.yaml', saved)).steps), saved);
      const text = { file: 'plan.yaml', text: saved, directory: folder };
      const where = path.join(ROOT, snapshot);
      const dry = await plan(where, text);
      assert.equal(dry.error, null);
      assert.notEqual(dry.category, 'nothing');
      const output = path.join(folder, verb);
      const done = await apply(where, text, output, { allowLossy: true });
      assert.equal(done.error, null);
      assert.ok(existsSync(path.join(output, '_metadata')));
      // Names of where it will lie lead nowhere yet.
      if (verb === 'relocate') return;
      const proof = await verify(output, { migration: { source: where, plan: text } });
      assert.equal(proof.error, null);
      assert.deepEqual(proof.damage, []);
      assert.deepEqual(proof.migration?.differences, []);
    });
  }
});

describe('a wrong option', () => {
  test('is said at once, asked for again, and adds nothing', async () => {
    const ui = await openTypes(POJOS);
    await openTypeRows(ui, ...IN_CUSTOMER, /^ +age: int/);
    await ui.press('t');
    await answer(ui, 'list<nonsense>');
    assert.match(ui.frame(), /nonsense/);
    assert.match(ui.message(), /new type: list<nonsense>/);
    await answer(ui, 'list<int>');
    assert.match(ui.frame(), /age of .*Customer is int cannot become list<int> by itself/);
    assert.doesNotMatch(ui.frame(), /plan: 1/);
    await answer(ui, 'long', 'bogus');
    assert.match(ui.frame(), /"bogus" is no value of .*policy/);
    await answer(ui, 'fail');
    assert.match(ui.message(), /step 1 of the plan: retype-field/);
    assert.match(ui.frame(), /age: long {2}~ was int/);
  });

  test('that is needed is asked for again when it is left empty', async () => {
    const ui = await openTypes(POJOS);
    await openTypeRows(ui, ...IN_CUSTOMER, /^ +age: int/);
    await ui.press('r');
    await answer(ui, '');
    assert.match(ui.frame(), /to is needed/);
    await ui.press('escape');
    assert.match(ui.message(), /nothing was added/);
    assert.doesNotMatch(ui.frame(), /plan: 1/);
  });

  test('that would change nothing is not added', async () => {
    const ui = await openTypes(POJOS);
    await openTypeRows(ui, ...IN_CUSTOMER, /^ +age: int/);
    await ui.press('r', 'enter');
    assert.match(ui.frame(), /this would change nothing/);
  });

  test('of a policy that needs a value is judged together with the value', async () => {
    const ui = await openTypes(POJOS);
    await openTypeRows(ui, ...IN_CUSTOMER, /^ +age: int/);
    await ui.press('t');
    await answer(ui, 'byte', 'default', 'much');
    assert.match(ui.message(), /value in their place: much/);
    await answer(ui, '1');
    assert.match(ui.message(), /step 1 of the plan/);
    assert.match(await savePlan(ui), /field: age, to: byte, policy: default, default: 1 }/);
  });
});

describe('steps behind others', () => {
  test('call operators, states, classes and fields as the steps before have', async () => {
    const ui = await openBrowser(POJOS, { width: 200, height: 220 });
    await ui.press('r');
    await answer(ui, 'zoo');
    await ui.type(':schema');
    await ui.press('enter');
    await openTypeRows(ui, /zoo\/customer:/, /^ {2}\+ value/, /^ +name: string/);
    await ui.press('r');
    await answer(ui, 'fullName');
    await goToType(ui, /^ {2}- value/);
    await ui.press('R');
    await answer(ui, 'com.acme.Client');
    await goToType(ui, /fullName: string/);
    await ui.press('D');
    await goToType(ui, /zoo\/customer:/);
    await ui.press('r');
    await answer(ui, 'client');
    await goToType(ui, /zoo\/client:/);
    await ui.press('T');
    await answer(ui, 'epoch');
    const saved = await savePlan(ui);
    assert.deepEqual(saved.split('\n').slice(2, -1), [
      '  - rename-operator: { operator: pojos, to: zoo }',
      `  - rename-field: { class: ${CUSTOMER}, field: name, to: fullName }`,
      `  - rename-class: { class: ${CUSTOMER}, to: com.acme.Client }`,
      '  - drop-field: { class: com.acme.Client, field: fullName }',
      '  - rename-state: { state: zoo/customer, to: client }',
      '  - add-ttl: { state: zoo/client, last-used: epoch }',
    ]);
  });

  test('a field of a superclass is named by the class that declares it', async () => {
    const ui = await openTypes(POJOS);
    await openTypeRows(ui, /pojos\/animal:/, /^ {2}\+ value/, /subclass .*Dog/, /^ {8}legs: int/);
    await ui.press('r');
    await answer(ui, 'feet');
    assert.match(await savePlan(ui), /rename-field: { class: \S+\.Animal, field: legs, to: feet }/);
  });
});
