import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import {
  CONTRACT_SCHEMA,
  type JobSchema,
  jobSchemaOf,
  type OperatorSchema,
  parseType,
  printType,
  readContract,
  readDocument,
  resolveSchemaCompatibility,
  type StateDeclaration,
  writeContract,
} from '@statewright/compat';
import { openSavepoint } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from '../architecture/source-tree.js';
import { FIXTURES } from '../savepoint/corpus.js';
import { comparable, schemas, serializerSnapshots } from './contract-corpus.js';

/* A contract says all of a snapshot that a verdict can hang on: what is written and read again is the same job. */

const SCHEMAS = await schemas();
const PLACES = ['key', 'namespace', 'value', 'userKey'] as const;

function noFile(): never {
  throw new Error('no type of a snapshot is in a file');
}

function typeOf(text: string): SerializerSnapshot {
  return parseType(text, {
    error: (offset, reason) => assert.fail(`${offset}: ${reason}\n${text}`),
    file: 'type',
    named: () => undefined,
    names: [],
    readFile: noFile,
  });
}

/** Keyed state, timers and operator state may share a name. */
function stateKey({ name, kind }: StateDeclaration): string {
  const space = kind === 'timer' || kind.includes('list-') ? kind : 'state';
  return `${space} ${kind} ${name}`;
}

function facts(operator: OperatorSchema): unknown {
  const { id, uid, name, maxParallelism, hasOtherState, states } = operator;
  const sorted = [...states].sort((a, b) => (stateKey(a) < stateKey(b) ? -1 : 1));
  return {
    ...{ id, uid, name, maxParallelism, hasOtherState },
    states: sorted.map((state) => {
      const { name, kind, ttl, stateV2 } = state;
      return { name, kind, ttl, stateV2, serializers: PLACES.map((place) => comparable(state[place])) };
    }),
  };
}

function jobFacts({ operators }: JobSchema): unknown {
  const held = operators.filter(({ states, hasOtherState }) => states.length > 0 || hasOtherState);
  return held.map(facts).sort((a, b) => ((a as { id: string }).id < (b as { id: string }).id ? -1 : 1));
}

describe('snapshot, contract, the same job', () => {
  test('the corpus is there', () => assert.ok(SCHEMAS.length >= 350, `${SCHEMAS.length} snapshots open`));

  for (const { name, schema } of SCHEMAS) {
    test(name, async () => {
      const text = writeContract(schema);
      const back = await readContract('job.state.yaml', text, noFile);
      assert.deepEqual(jobFacts(back), jobFacts(schema));
      assert.deepEqual(back.source.flinkVersions, schema.source.flinkVersions);
      assert.equal(writeContract(back), text, 'and the same text again');
    });
  }
});

describe('verdicts of a contract against the snapshot that it is of', () => {
  for (const { name, schema } of SCHEMAS.filter(({ name }) =>
    /^(?:zoo|sql|cep)-.*flink(?:1\.20|2\.3)-rocksdb/.test(name),
  )) {
    test(name, async () => {
      const target = {
        version: name.includes('flink2') ? { major: 2, minor: 3 } : { major: 1, minor: 20 },
        sourceVersion: undefined,
        backend: 'rocksdb' as const,
      };
      const back = await readContract('job.state.yaml', writeContract(schema), noFile);
      const now = new Map(
        back.operators.flatMap(({ id, states }) => states.map((s) => [`${id} ${s.name}`, s])),
      );
      for (const { id, states } of schema.operators) {
        for (const state of states) {
          const other = now.get(`${id} ${state.name}`);
          const self = resolveSchemaCompatibility(state.value, state.value, target);
          const told = resolveSchemaCompatibility(state.value, other!.value, target);
          assert.equal(told.verdict, self.verdict, state.name);
          assert.equal(told.throws, self.throws, state.name);
          const codes = ({ notes }: typeof self) => notes.map(({ path, code }) => [...path, code]);
          assert.deepEqual(codes(told), codes(self), state.name);
        }
      }
    });
  }
});

describe('SQL types of contracts, which have no Java objects', () => {
  const target = { version: { major: 2, minor: 3 }, sourceVersion: undefined, backend: 'rocksdb' as const };
  const verdict = (old: string, now: string) =>
    resolveSchemaCompatibility(typeOf(old), typeOf(now), target).verdict;

  for (const [old, now] of [
    ['rowdata<INT, ARRAY<INT>>', 'rowdata<INT, ARRAY<BIGINT>>'],
    ['rowdata<INT>', 'rowdata<INT NOT NULL>'],
    ['array-data<INT>', 'array-data<BIGINT>'],
    ['map-data<STRING, INT>', 'map-data<STRING, BIGINT>'],
    ['decimal(10, 2)', 'decimal(10, 3)'],
  ] as const) {
    test(`${old} is not ${now}`, () => {
      assert.equal(verdict(old, now), 'INCOMPATIBLE');
      assert.equal(verdict(now, old), 'INCOMPATIBLE');
      assert.equal(verdict(old, old), 'AS_IS');
    });
  }

  test('of a real snapshot', async () => {
    const zoo = SCHEMAS.find(({ name }) => name.startsWith('sql-orders-flink2.3-rocksdb'))!.schema;
    const states = zoo.operators.flatMap(({ states }) => states);
    const { value } = states.find(({ name }) => name === 'deduplicate-state')!;
    const text = printType(value);
    const against = (now: string) => resolveSchemaCompatibility(value, typeOf(now), target).verdict;
    assert.equal(against(text), 'AS_IS');
    assert.equal(against(text.replace('ARRAY<BIGINT>', 'ARRAY<INT>')), 'INCOMPATIBLE');
    assert.equal(against(text.replace('zip INT', 'zip BIGINT')), 'INCOMPATIBLE');
    assert.equal(against(text.replace('zip INT', 'code INT')), 'INCOMPATIBLE');
  });
});

describe('types of Flink upgrade tests', () => {
  const found = serializerSnapshots();
  test('there are 1,197', () => assert.equal(found.length, 1197));

  test('each is the same after printing and parsing', () => {
    for (const { name, snapshot } of found) {
      const text = printType(snapshot);
      assert.deepEqual(comparable(typeOf(text)), comparable(snapshot), `${name}: ${text}`);
      assert.equal(printType(typeOf(text)), text, name);
    }
  });
});

describe('the JSON Schema of contracts', () => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });

  test('is a schema of 2020-12, and the one in docs', () => {
    assert.equal(ajv.validateSchema(CONTRACT_SCHEMA), true, ajv.errorsText());
    const docs = JSON.parse(readFileSync(path.join(ROOT, 'docs/schemas/state-contract.json'), 'utf8'));
    assert.deepEqual(docs, CONTRACT_SCHEMA);
  });

  test('lets every contract of a snapshot pass', async () => {
    const validate = ajv.compile(CONTRACT_SCHEMA);
    for (const { name, schema } of SCHEMAS) {
      const { value } = await readDocument(name, writeContract(schema), {});
      assert.ok(validate(value), `${name}: ${ajv.errorsText(validate.errors)}`);
    }
  });
});

test('operators and states come in the order of their names, whatever the snapshot has', async () => {
  const at = path.join(FIXTURES, 'fraud-detector-flink2.3-rocksdb-savepoint');
  const schema = jobSchemaOf(await openSavepoint(at, { relocate: true }));
  const turned = schema.operators.map((one) => ({ ...one, states: [...one.states].reverse() })).reverse();
  assert.equal(writeContract({ ...schema, operators: turned }), writeContract(schema));
});

test('the contract that the documentation shows is one', async () => {
  const page = readFileSync(path.join(ROOT, 'docs/contract.md'), 'utf8');
  const text = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
  const { operators, backend, source } = await readContract('docs/contract.md', text, noFile);
  assert.deepEqual([backend, source.flinkVersions], ['rocksdb', ['1.20', '1.20']]);
  const [profile, clicks] = operators[0]!.states;
  assert.deepEqual([profile!.ttlMillis, clicks!.ignores[0]?.until], [7n * 86_400_000n, '2027-01-31']);
});

describe('what only a contract says', () => {
  const read = (...lines: string[]) =>
    readContract('job.state.yaml', `version: 1\n${lines.join('\n')}\n`, (file) => {
      assert.equal(file, './profile.avsc');
      return '{"type": "record", "name": "com.acme.Profile",\n "fields": []}';
    });

  test('a schema in a file beside it is that schema', async () => {
    const states = ['    key: long', '    states: {s: {kind: value, value: avro ./profile.avsc}}'];
    const job = await read('operators:', '  op:', ...states);
    const text = '{"type":"record","name":"com.acme.Profile","fields":[]}';
    assert.deepEqual(
      comparable(job.operators[0]!.states[0]!.value),
      comparable(typeOf(`avro com.acme.Profile ${text}`)),
    );
  });

  test('places are those of the names of states and operators', async () => {
    const job = await read('operators:', '  op:', '    key: long', '    states:', '      s: {kind: timer}');
    assert.deepEqual(job.operators[0]!.place, { file: 'job.state.yaml', line: 3, column: 3 });
    assert.deepEqual(job.operators[0]!.states[0]!.place, { file: 'job.state.yaml', line: 6, column: 7 });
  });

  test('the id of an operator is that of its uid, unless it says another', async () => {
    const id = '0123456789abcdef0123456789abcdef';
    const job = await read(
      'operators:',
      '  a: {}',
      `  b: {id: ${id}}`,
      `  "${id.replace('0', 'f')}": {uid: ~}`,
    );
    assert.deepEqual(
      job.operators.map(({ uid }) => uid),
      ['a', 'b', undefined],
    );
    assert.equal(job.operators[1]!.id, id);
    assert.equal(job.operators[2]!.id, `f${id.slice(1)}`);
  });

  test('TTL wraps what Flink wraps: the value, the elements, the map values', async () => {
    const state = (name: string, kind: string, value: string) =>
      `      ${name}: {kind: ${kind}, value: "${value}", ttl: 1 h}`;
    const job = await read(
      ...['operators:', '  op:', '    key: long', '    states:'],
      state('a', 'value', 'long'),
      state('b', 'list', 'list<long>'),
      state('c', 'map', 'map<int, long>'),
    );
    const texts = job.operators[0]!.states.map(({ value }) => printType(value));
    assert.deepEqual(texts, ['ttl<long>', 'list<ttl<long>>', 'map<int, ttl<long>>']);
  });

  test('a state of api v2 keeps its elements without their list, and its map keys apart', async () => {
    const job = await read(
      ...['operators:', '  op:', '    key: long', '    states:'],
      '      b: {kind: list, api: v2, value: list<long>, ttl: on}',
      '      c: {kind: map, api: v2, value: "map<int, long>"}',
    );
    const [list, map] = job.operators[0]!.states;
    assert.equal(printType(list!.value), 'ttl-v2<long>');
    assert.deepEqual([printType(map!.value), printType(map!.userKey!)], ['long', 'int']);
    assert.deepEqual(jobFacts(await readContract('again', writeContract(job), noFile)), jobFacts(job));
  });
});
