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
  readYaml,
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
    /^zoo-.*flink(1\.20|2\.3)-rocksdb/.test(name),
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

  test('lets every contract of a snapshot pass', () => {
    const validate = ajv.compile(CONTRACT_SCHEMA);
    for (const { name, schema } of SCHEMAS) {
      const { value } = readYaml(name, writeContract(schema));
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
