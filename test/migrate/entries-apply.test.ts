import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apply } from '@statewright/migrate';
import { FIXTURES } from '../savepoint/corpus.js';
import { migrate, type Shown, unmigrated } from './in-memory.js';

/* What steps on entries make, written by `apply` and read again, on savepoints and checkpoints of both backends. */

let directory = '';
let count = 0;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'entries-'));
});
after(() => rm(directory, { recursive: true }));

/** Applies steps to a fixture; gives the output. */
async function applied(fixture: string, steps: string): Promise<string> {
  const output = join(directory, `out-${count++}`);
  const plan = { file: 'plan.yaml', text: `version: 1\nsteps:\n${steps}`, directory };
  const view = await apply(resolve(FIXTURES, fixture), plan, output, {
    allowLossy: true,
    workers: 1,
    reportFile: null,
  });
  assert.equal(
    view.error,
    null,
    `${fixture}: ${JSON.stringify(view.error)} ${JSON.stringify(view.steps.map(({ error }) => error))}`,
  );
  return output;
}

function sorted(entries: readonly Shown[]): string[] {
  return entries.map((entry) => JSON.stringify(entry)).sort();
}

const FRAUD = [
  'hashmap-savepoint',
  'hashmap-checkpoint',
  'hashmap-savepoint-native',
  'rocksdb-savepoint',
  'rocksdb-savepoint-compressed',
];
const ZOO = ['hashmap-savepoint', 'hashmap-checkpoint', 'rocksdb-savepoint'];

/** Steps, the states that they make, and the fixtures that they are for. */
const CASES: readonly (readonly [
  name: string,
  job: string,
  kinds: readonly string[],
  steps: string,
  made: readonly string[],
])[] = [
  [
    'value-to-list',
    'zoo-types-flink2.3',
    ZOO,
    '  - value-to-list: { state: containers/list }',
    ['containers/list'],
  ],
  [
    'value-to-list of an array',
    'zoo-types-flink2.3',
    ZOO,
    '  - value-to-list: { state: arrays/longs }',
    ['arrays/longs'],
  ],
  [
    'value-to-list with TTL',
    'zoo-kinds-flink2.3',
    ZOO,
    '  - value-to-list: { state: kinds-with-ttl/value }',
    ['kinds-with-ttl/value'],
  ],
  [
    'value-to-map',
    'zoo-types-flink2.3',
    ZOO,
    '  - value-to-map: { state: containers/map-of-lists }',
    ['containers/map-of-lists'],
  ],
  [
    'list-to-map',
    'zoo-pojos-flink2.3',
    ['rocksdb-savepoint'],
    '  - list-to-map: { state: pojos/customers, key: id }',
    ['pojos/customers'],
  ],
  [
    'list-to-map with TTL',
    'zoo-kinds-flink2.3',
    ZOO,
    '  - list-to-map: { state: kinds-with-ttl/list, key: string(value), keyType: string }',
    ['kinds-with-ttl/list'],
  ],
  [
    'map-values',
    'fraud-detector-flink2.3',
    FRAUD,
    "  - map-values: { state: fraud-detector/tx-count, value: 'value * 2' }",
    ['fraud-detector/tx-count'],
  ],
  [
    'map-values of maps',
    'fraud-detector-flink2.3',
    FRAUD,
    "  - map-values: { state: fraud-detector/seen-merchants, value: 'userKey + key', type: string }",
    ['fraud-detector/seen-merchants'],
  ],
  [
    'map-values of timers',
    'fraud-detector-flink2.3',
    FRAUD,
    "  - map-values: { state: fraud-detector/_timer_state/event_user-timers, value: 'value + 1' }",
    ['fraud-detector/_timer_state/event_user-timers'],
  ],
  [
    'map-values of operator state',
    'fraud-detector-flink2.3',
    FRAUD,
    "  - map-values: { state: rules/rules, value: 'value + 1' }\n  - map-values: { state: alert-buffer/sent-offsets, value: '[value[0], index]' }",
    ['rules/rules', 'alert-buffer/sent-offsets'],
  ],
  [
    'filter-entries',
    'fraud-detector-flink2.3',
    FRAUD,
    '  - filter-entries: { state: fraud-detector/seen-merchants, keep: value }',
    ['fraud-detector/seen-merchants'],
  ],
  [
    'filter-entries of operator state',
    'fraud-detector-flink2.3',
    FRAUD,
    "  - filter-entries: { state: rules/rules, keep: 'value > 1000' }\n  - filter-entries: { state: alert-buffer/buffered-alerts, keep: 'value.amount > 500' }",
    ['rules/rules', 'alert-buffer/buffered-alerts'],
  ],
  [
    'expire-ttl',
    'zoo-kinds-flink2.3',
    ZOO,
    '  - expire-ttl: { all: true, ttl: 1 h, at: 1795451178204 }',
    ['kinds-with-ttl/list', 'kinds-with-ttl/map', 'kinds-with-ttl/value'],
  ],
  [
    'split-state',
    'fraud-detector-flink2.3',
    FRAUD,
    "  - split-state: { state: fraud-detector/tx-count, into: [{ state: few, where: 'value < 8' }, { state: many }] }",
    ['fraud-detector/few', 'fraud-detector/many'],
  ],
  [
    'split-state into another operator',
    'zoo-kinds-flink2.3',
    ZOO,
    '  - split-state: { state: kinds/map, into: [{ state: map, where: \'userKey == "a"\' }, { state: timers/map }] }',
    ['kinds/map', 'timers/map'],
  ],
  [
    'set-source-offsets',
    'fraud-detector-flink2.3',
    FRAUD,
    '  - set-source-offsets: { state: alert-buffer/sent-offsets, partition: f0, offset: f1, set: { "1": 7 } }',
    ['alert-buffer/sent-offsets'],
  ],
];

describe('what is applied is what was made', () => {
  for (const [name, job, kinds, steps, made] of CASES) {
    for (const kind of kinds) {
      test(`${name} on ${job}-${kind}`, async () => {
        const fixture = `${job}-${kind}`;
        const output = await applied(fixture, steps);
        for (const address of made) {
          const { entries } = await migrate(fixture, steps, address);
          const written = await unmigrated(output, address);
          assert.deepEqual(sorted(written), sorted(entries), address);
        }
      });
    }
  }
});

describe('what comes from several sides', () => {
  const KINDS = 'zoo-kinds-flink2.3-rocksdb-savepoint';

  test('rows add up in lists and maps, timers fire once, keys are hashed', async () => {
    await writeFile(join(directory, 'tags.csv'), 'key,value\n1,x\n2,y\n1,z\n');
    await writeFile(join(directory, 'counts.csv'), 'key,userKey,value\n1,a,1\n2,b,2\n1,c,3\n');
    await writeFile(join(directory, 'timers.csv'), 'key,value\n1,5000\n1,6000\n1,5000\n');
    const output = await applied(
      KINDS,
      `  - load-state: { state: fresh/tags, kind: list, key: long, value: list<string>, from: ./tags.csv, maxParallelism: 4096, parallelism: 3 }
  - load-state: { state: fresh/counts, kind: map, value: "map<string, int>", from: ./counts.csv }
  - load-state: { state: fresh/_timer_state/event_user-timers, kind: timer, from: ./timers.csv }`,
    );
    const shown = async (state: string) =>
      sorted(await unmigrated(output, `fresh/${state}`)).map((text) => JSON.parse(text) as Shown);
    assert.deepEqual(await shown('tags'), [
      { key: 1, namespace: null, value: ['x', 'z'] },
      { key: 2, namespace: null, value: ['y'] },
    ]);
    assert.deepEqual(await shown('counts'), [
      {
        key: 1,
        namespace: null,
        value: [
          ['a', 1],
          ['c', 3],
        ],
      },
      { key: 2, namespace: null, value: [['b', 2]] },
    ]);
    assert.deepEqual(
      (await shown('_timer_state/event_user-timers')).map(({ key, value }) => [key, value]),
      [
        [1, 5000],
        [1, 6000],
      ],
    );
  });

  test('merged states, with keys that both have', async () => {
    const halves = (where: string, to: string) =>
      `  - split-state: { state: kinds/reducing, into: [{ state: ${to}, where: '${where}' }, { state: rest }] }`;
    const before = await unmigrated(KINDS, 'kinds/reducing');
    const steps = `${halves('key % 2 == 0', 'even')}
  - merge-states: { states: [kinds/even, kinds/rest], to: sums/sum }`;
    assert.deepEqual(sorted(await unmigrated(await applied(KINDS, steps), 'sums/sum')), sorted(before));
    const own = before.slice(0, 2).map(({ key }) => JSON.stringify({ key, value: -1 }));
    await writeFile(join(directory, 'more.ndjson'), `${own.join('\n')}\n{"key":123456,"value":-2}\n`);
    for (const which of ['first', 'last'] as const) {
      const output = await applied(
        KINDS,
        `  - load-state: { state: other/sum, kind: reducing, key: long, value: long, from: ./more.ndjson, maxParallelism: 7 }
  - merge-states: { states: [kinds/reducing, other/sum], to: kinds/sum, duplicates: ${which} }`,
      );
      const expected = [
        ...before.map((entry, i) => (i < 2 && which === 'last' ? { ...entry, value: -1 } : entry)),
        { key: 123456, namespace: null, value: -2 },
      ];
      assert.deepEqual(sorted(await unmigrated(output, 'kinds/sum')), sorted(expected), which);
    }
  });
});

describe('steps behind each other', () => {
  test('each sees the kind and the types that those before it made', async () => {
    const steps = `  - value-to-list: { state: pojos/customer }
  - retype-field: { class: dev.statewright.fixtures.jobs.zoo.Customer, field: age, to: long, within: pojos/customer }
  - map-values: { state: pojos/customer, value: 'value', where: 'index == 0' }
  - filter-entries: { state: pojos/customer, keep: value.level != null }
  - list-to-map: { state: pojos/customer, key: level }
  - rename-field: { class: dev.statewright.fixtures.jobs.zoo.Customer, field: name, to: called, within: pojos/customer }
  - filter-entries: { state: pojos/customer, keep: 'userKey != "GOLD" && value.age > 20' }`;
    const fixture = 'zoo-pojos-flink2.3-rocksdb-savepoint';
    interface Customer {
      readonly age: number;
      readonly level: string | null;
      readonly name: string;
    }
    const expected = (await unmigrated(fixture, 'pojos/customer')).flatMap((entry) => {
      const { name, ...rest } = entry.value as Customer;
      if (rest.level === null || rest.level === 'GOLD' || rest.age <= 20) return [];
      return [{ key: entry.key, level: rest.level, value: { ...rest, called: name } }];
    });
    const written = await unmigrated(await applied(fixture, steps), 'pojos/customer');
    assert.ok(expected.length > 1);
    const plain = written.map(({ key, value }) => {
      const [[level, customer]] = value as [[string, unknown]];
      return { key, level, value: customer };
    });
    const byKey = (a: { key: unknown }, b: { key: unknown }) => (String(a.key) < String(b.key) ? -1 : 1);
    assert.deepEqual(plain.sort(byKey), expected.sort(byKey));
  });
});
