import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { CONTRACT_SCHEMA, configSchema, type JsonSchema, RULES } from '@statewright/compat';
import { planSchema, readPlan, SAVED_PLAN_SCHEMA, STEPS } from '@statewright/migrate';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from '../architecture/source-tree.js';

/* What the short check says of a document is what ajv says, whatever is changed in it: it may only know less, never more. */

const module = new URL('../../../packages/compat/dist/yaml/fits-schema.js', import.meta.url).href;
const { fitsSchema } = (await import(
  module
)) as typeof import('../../packages/compat/src/yaml/fits-schema.js');

const ajv = new Ajv2020({ allowUnionTypes: true });

const SAVED_PLAN = {
  savedPlanVersion: 1,
  tool: null,
  snapshot: '/snapshot',
  inputDigest: '0'.repeat(64),
  plan: { file: 'plan.yaml', directory: '/', text: 'version: 1' },
  files: [{ path: '/classes.jar', sha256: 'a'.repeat(64) }],
  flinkVersion: '2.3',
  dropInFlight: false,
  uidCandidates: ['a'],
  allowOutside: false,
  nowMillis: '0',
};

const IGNORE = [{ rule: 'kryo-fallback', reason: 'known', until: '2027-01-01' }];
const CONTRACT = {
  version: 1,
  flink: '1.18 - 1.20',
  backend: 'rocksdb',
  kryo: ['registered com.acme.Event'],
  types: { 'com.acme.Event': 'pojo com.acme.Event { at: long }' },
  operators: {
    counts: {
      uid: null,
      maxParallelism: 128,
      key: 'string',
      ignore: IGNORE,
      states: {
        seen: { kind: 'value', value: 'long', ttl: '7 d' },
        left: { kind: 'map', ttl: true, key: null },
      },
    },
  },
};

const CONFIG = {
  level: 'strict',
  failOn: 'error',
  rules: { 'kryo-fallback': 'off', 'large-value-state': { severity: 'warning', bytes: '1 MB' } },
  ignore: IGNORE,
  target: '2.3',
};

const KINDS: readonly { readonly what: string; readonly schema: JsonSchema; readonly texts: unknown[] }[] = [
  { what: 'plans', schema: planSchema(STEPS), texts: await plans() },
  { what: 'contracts', schema: CONTRACT_SCHEMA, texts: [CONTRACT] },
  { what: 'configurations', schema: configSchema(RULES), texts: [CONFIG] },
  { what: 'saved plans', schema: SAVED_PLAN_SCHEMA, texts: [SAVED_PLAN] },
];

/** The plans of the fixtures: of each step at least one. */
async function plans(): Promise<unknown[]> {
  const folder = path.join(ROOT, 'fixtures/migrate');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const found = files.filter((file) => path.basename(file) === 'plan.yaml');
  const read = await Promise.all(
    found.map((file) => readPlan(file, readFileSync(path.join(folder, file), 'utf8'))),
  );
  return read.map(({ steps }) => ({
    version: 1,
    steps: steps.map(({ verb, options }) => ({ [verb]: options })),
  }));
}

const OTHERS: readonly unknown[] = [null, true, 0, -1, 1.5, 99_999, '', 'off', 'é', [], [1], {}, { x: 1 }];

/** A value with one thing changed, in every place: another value, a key more, a key less. */
function* changed(value: unknown): Generator<unknown> {
  for (const other of OTHERS) yield other;
  if (Array.isArray(value)) {
    yield [...value, ...value];
    for (const [i, item] of value.entries()) for (const one of changed(item)) yield value.with(i, one);
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, unknown: 1 };
    for (const [name, each] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
      for (const one of changed(each)) yield { ...value, [name]: one };
    }
  }
}

describe('the short check of documents', () => {
  for (const { what, schema, texts } of KINDS) {
    test(`says of ${what} what ajv says`, () => {
      const validate = ajv.compile(schema);
      assert.ok(texts.length > 0);
      let right = 0;
      let wrong = 0;
      for (const text of texts) {
        for (const value of [text, ...changed(text)]) {
          const fits = validate(value) as boolean;
          assert.equal(fitsSchema(schema, value), fits, JSON.stringify(value));
          if (fits) right++;
          else wrong++;
        }
      }
      assert.ok(right > 0 && wrong > 0);
    });
  }

  test('knows nothing of a schema with a keyword that it does not have', () => {
    for (const schema of [{ not: {} }, { oneOf: [{}] }, { type: 'string', format: 'date' }, { else: {} }]) {
      assert.equal(fitsSchema(schema, 'x'), false, JSON.stringify(schema));
    }
    assert.equal(fitsSchema({ if: { const: 'x' }, else: false }, 'x'), false);
  });
});
