import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apply, plan, readSavedPlan, STEPS, verify } from '@statewright/migrate';
import { jsonText } from '@statewright/report';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { ROOT } from '../architecture/source-tree.js';

/* What plan, apply and verify print as JSON, the report of a run, and plans themselves, against docs/schemas. */

const SOURCE = path.join(ROOT, 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint');

function validator(schema: object): (json: unknown) => string {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: false });
  const validate = ajv.compile(schema);
  return (json) => (validate(json) ? '' : ajv.errorsText(validate.errors, { separator: '\n' }));
}

function schemaOf(name: string): object {
  return JSON.parse(readFileSync(path.join(ROOT, `docs/schemas/${name}.json`), 'utf8')) as object;
}

function planOf(...steps: readonly string[]) {
  const list = steps.map((step) => `\n  - ${step}`).join('');
  return { file: 'plan.yaml', text: `version: 1\nsteps:${list}\n`, directory: ROOT };
}

const PLANS = {
  'metadata only': planOf('rename-state: { state: fraud-detector/tx-count, to: event-count }'),
  'with values left out': planOf('filter-entries: { state: fraud-detector/tx-count, keep: "value > 1" }'),
  'that does not fit': planOf('drop-state: { state: fraud-detector/nothing }'),
  'of no form': planOf('drop-nothing: {}'),
};

describe('JSON output of migrations fits its schema', () => {
  let scratch = '';
  before(() => {
    scratch = mkdtempSync(path.join(tmpdir(), 'statewright-schemas-'));
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  for (const [name, own] of Object.entries(PLANS)) {
    test(`a plan ${name}`, async () => {
      const errors = validator(schemaOf('plan-view'));
      const view: unknown = JSON.parse(jsonText(await plan(SOURCE, own)));
      assert.equal(errors(view), '');
      assert.match(errors({ ...(view as object), more: 1 }), /additional/);
      const output = path.join(scratch, name);
      const options = { allowLossy: true, clock: () => 0, user: 'somebody', tool: '0.1.0' };
      const applied = await apply(SOURCE, own, output, options);
      const applyErrors = validator(schemaOf('apply'));
      assert.equal(applyErrors(JSON.parse(jsonText(applied))), '');
      if (applied.error !== null) return;
      assert.equal(applyErrors(JSON.parse(readFileSync(`${output}.report.json`, 'utf8'))), '');
      const verified = await verify(output, { migration: { source: SOURCE, plan: own } });
      assert.equal(validator(schemaOf('verify'))(JSON.parse(jsonText(verified))), '');
    });
  }

  test('a saved plan', async () => {
    const save = path.join(scratch, 'saved.json');
    const view = await plan(SOURCE, PLANS['metadata only'], { save });
    assert.equal(view.error, null);
    const text = readFileSync(save, 'utf8');
    assert.equal(validator(schemaOf('saved-plan'))(JSON.parse(text)), '');
    assert.equal((await readSavedPlan(save, text)).inputDigest, view.inputDigest);
  });
});

describe('plans', () => {
  const errors = validator(schemaOf('plan'));

  for (const { verb, example } of STEPS) {
    test(`the example of ${verb} is a plan`, () => {
      const step: unknown = parse(example);
      assert.equal(errors({ version: 1, steps: Array.isArray(step) ? step : [step] }), '');
    });
  }

  test('unknown words are none', () => {
    assert.match(errors({ version: 1, steps: [{ 'drop-states': {} }] }), /additional/);
    assert.match(errors({ version: 2, steps: [] }), /constant/);
  });
});
