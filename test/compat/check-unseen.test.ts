import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type CheckOptions,
  type CheckView,
  checkSnapshot,
  type JobSchema,
  jobSchemaOf,
  readContract,
  writeContract,
} from '@statewright/compat';
import { describer } from '@statewright/inspect';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import { MemoryFileSystem } from '../hostile/memory-file-system.js';
import { type HeaderState, keyedHeader, metadataWithKeyedStream } from '../hostile/metadata-bytes.js';
import { INT, LONG, plain, STRING, type Writes } from '../hostile/snapshot-bytes.js';

/* What a check must not pass over in silence: states that no header tells, and states that the new job has dropped. */

const VOID_NAMESPACE = plain(
  'org.apache.flink.runtime.state.VoidNamespaceSerializer$VoidNamespaceSerializerSnapshot',
);
const CUSTOM = plain('com.acme.MoneySerializerSnapshot', 1);
/** Gone with 2.0, see the class files of flink-core 1.20.3 and 2.3.0. */
const SCALA_UNIT = plain('org.apache.flink.api.scala.typeutils.UnitSerializerSnapshot', 3);

function valueState(name: string, value: Writes): HeaderState {
  return {
    name,
    type: 0,
    options: [['KEYED_STATE_TYPE', 'VALUE']],
    serializers: [
      ['VALUE_SERIALIZER', value],
      ['NAMESPACE_SERIALIZER', VOID_NAMESPACE],
    ],
  };
}

function savepointOf(...states: readonly HeaderState[]): Promise<Savepoint> {
  const header = keyedHeader(STRING, states);
  const metadata = metadataWithKeyedStream(header, 0);
  return openSavepoint('/s', { fs: new MemoryFileSystem(new Map([['/s/_metadata', metadata]])) });
}

function check(savepoint: Savepoint, options: Partial<CheckOptions>): CheckView {
  return checkSnapshot(
    { savepoint, path: '/s', describe: describer() },
    {
      now: undefined,
      policy: { level: 'data', failOn: 'error', rules: new Map(), ignores: [], baseline: undefined },
      today: '2026-12-01',
      ...options,
    },
  );
}

function said({ findings }: CheckView): string[] {
  return findings.map(({ rule, path, reason }) => `${rule} ${path}: ${reason}`);
}

const OPERATOR = '0'.repeat(32);
const TARGET = { major: 2, minor: 3 };

describe('states behind a header that cannot be read to its end', () => {
  test('are unknown, and end with 21', async () => {
    const savepoint = await savepointOf(
      valueState('money', CUSTOM),
      valueState('a', INT),
      valueState('b', LONG),
    );
    const view = check(savepoint, { target: TARGET });
    assert.equal(view.exitCode, 21);
    const [hidden] = view.findings.filter(({ path }) => path.includes('behind'));
    assert.equal(hidden?.rule, 'verdict-unknown');
    assert.match(hidden.reason, /^the old snapshot holds 2 states that its header does not tell: /);
    assert.match(hidden.reason, /com\.acme\.MoneySerializerSnapshot/);
  });

  test('are not taken for new ones, nor for dropped ones', async () => {
    const broken = await savepointOf(valueState('money', CUSTOM), valueState('a', INT));
    const whole = await savepointOf(valueState('a', INT));
    const [grown, shrunk] = [
      check(broken, { now: jobSchemaOf(whole), target: TARGET }),
      check(whole, { now: jobSchemaOf(broken), target: TARGET }),
    ];
    for (const view of [grown, shrunk]) {
      assert.equal(view.exitCode, 21);
      const state = view.states.find(({ address }) => address === `${OPERATOR}/a`);
      assert.deepEqual([state?.verdict, state?.restores, state?.readable], ['unknown', 'unknown', 'unknown']);
      const rules = view.findings.filter(({ path }) => path === `${OPERATOR}/a`).map(({ rule }) => rule);
      assert.deepEqual(rules, []);
    }
  });

  test('are none where the unknown serializer is the last of the header', async () => {
    const savepoint = await savepointOf(valueState('a', INT), valueState('money', CUSTOM));
    const told = said(check(savepoint, { target: TARGET }));
    assert.deepEqual(
      told.filter((line) => line.includes('behind')),
      [],
    );
  });
});

test('a class that decides for itself is unknown even where its bytes are the same on both sides, and both are said', async () => {
  const job = () => savepointOf(valueState('money', CUSTOM), valueState('a', INT));
  const other = await savepointOf(valueState('money', CUSTOM), valueState('a', LONG));
  const reasonFor = async (now: Savepoint) => {
    const view = check(await job(), { now: jobSchemaOf(now), target: TARGET });
    assert.equal(view.exitCode, 21);
    return view.findings.find(({ path }) => path === `${OPERATOR}/money > value`)?.reason;
  };
  const own =
    "com.acme.MoneySerializerSnapshot is not one of Flink's snapshot classes and decides for itself";
  assert.equal(await reasonFor(await job()), `${own}, though it has the same bytes on both sides`);
  // Nothing tells where its bytes end: what follows differs.
  assert.equal(await reasonFor(other), own);
});

describe('a state that the new job has dropped', () => {
  test('stops the restore when the target has not its snapshot class: Flink reads the whole header', async () => {
    const savepoint = await savepointOf(valueState('kept', INT), valueState('old', SCALA_UNIT));
    const now = jobSchemaOf(await savepointOf(valueState('kept', INT)));
    const view = check(savepoint, { now, target: TARGET });
    assert.equal(view.exitCode, 20);
    assert.deepEqual(
      said(view).filter((line) => line.startsWith('snapshot-class-gone')),
      [
        `snapshot-class-gone ${OPERATOR}/old > value: Flink 2.3 has no class org.apache.flink.api.scala.typeutils.UnitSerializerSnapshot and cannot read the snapshot of UnitSerializer, which it does although the new job drops the state`,
      ],
    );
    assert.equal(view.states.find(({ name }) => name === 'old')?.restores, 'no');
  });

  test('is dropped silently as long as the target has its class', async () => {
    const savepoint = await savepointOf(valueState('kept', INT), valueState('old', SCALA_UNIT));
    const now = jobSchemaOf(await savepointOf(valueState('kept', INT)));
    const view = check(savepoint, { now, target: { major: 1, minor: 20 } });
    assert.deepEqual(
      view.findings.map(({ rule }) => rule),
      ['state-dropped'],
    );
    assert.equal(view.exitCode, 21);
  });
});

describe('max parallelism', () => {
  test('more subtasks than key groups are refused even where Flink would derive the number', async () => {
    const savepoint = await savepointOf(valueState('a', INT));
    const job = jobSchemaOf(savepoint);
    const scaled = (parallelism: number, maxParallelism: number): JobSchema => ({
      ...job,
      operators: job.operators.map((operator) => ({ ...operator, parallelism, maxParallelism })),
    });
    // 200 subtasks: 300 key groups rounded up to a power of two, as Flink derives it.
    const refused = check(savepoint, { now: scaled(200, 512), target: TARGET });
    assert.equal(refused.exitCode, 20);
    assert.deepEqual(said(refused), [
      `max-parallelism-changed ${OPERATOR} > max parallelism: the max parallelism was 128 and is 512, and 200 subtasks are more than the 128 key groups`,
    ]);
    const derived = check(savepoint, { now: scaled(100, 256), target: TARGET });
    assert.deepEqual(
      derived.findings.map(({ rule }) => rule),
      ['max-parallelism-derived'],
    );
  });

  test('operators that may be chained and differ in it are named at the portable level', async () => {
    const savepoint = await savepointOf(valueState('a', INT));
    const [one] = savepoint.operators;
    const two = { ...one!, id: 'f'.repeat(32), maxParallelism: 256 };
    const policy = {
      level: 'portable',
      failOn: 'note',
      rules: new Map(),
      ignores: [],
      baseline: undefined,
    } as const;
    const view = check({ ...savepoint, operators: [one!, two] }, { target: TARGET, policy });
    const [disagrees] = view.findings.filter(({ rule }) => rule === 'max-parallelism-disagrees');
    assert.match(disagrees?.reason ?? '', /max parallelisms of 128, 256/);
    assert.equal(view.exitCode, 21);
  });
});

describe('a contract with an Avro schema that Avro refuses', () => {
  const schemas: readonly (readonly [string, string, RegExp])[] = [
    [
      'a default of another type',
      '{"type":"record","name":"R","fields":[{"name":"a","type":"int","default":"x"}]}',
      /default of the field "?a"? is no value/,
    ],
    ['a symbol that is no name', '{"type":"enum","name":"E","symbols":["a-b"]}', /"a-b" is no name/],
    [
      'an enum default that is no symbol',
      '{"type":"enum","name":"E","symbols":["A"],"default":"B"}',
      /none of its symbols/,
    ],
  ];
  for (const [what, schema, reason] of schemas) {
    test(`is one sentence with line and column: ${what}`, async () => {
      const savepoint = await savepointOf(valueState('a', INT));
      const text = (await contractText(savepoint)).replace(/value: int/, () => 'value: avro ./x.avsc');
      await assert.rejects(
        readContract('job.state.yaml', text, () => schema),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, 'BAD_DOCUMENT');
          assert.match(error.message, /x\.avsc/);
          assert.match(error.message, reason);
          return true;
        },
      );
    });
  }

  function contractText(savepoint: Savepoint): Promise<string> {
    return Promise.resolve(writeContract(jobSchemaOf(savepoint, '/s')));
  }
});
