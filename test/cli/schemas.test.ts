import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import {
  describer,
  findStates,
  inspectView,
  metadataBytesView,
  schemaView,
  statsView,
  type ViewDocument,
} from '@statewright/inspect';
import { jsonText } from '@statewright/report';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from '../architecture/source-tree.js';
import { Shell } from './transcript.js';

/* What commands print as JSON, for every fixture, against the schemas in docs/schemas. They allow nothing else. */

const SAVEPOINTS = path.join(ROOT, 'fixtures/savepoints');
const FIXTURES = readdirSync(SAVEPOINTS).filter((name) =>
  existsSync(path.join(SAVEPOINTS, name, '_metadata')),
);

type Viewer = (savepoint: Savepoint, name: string) => ViewDocument | Promise<ViewDocument>;

const VIEWS: { readonly [name: string]: Viewer } = {
  inspect: (savepoint, name) => inspectView(savepoint, name, describer()),
  schema: (savepoint, name) => schemaView(savepoint, name, findStates(savepoint, undefined), describer()),
  stats: (savepoint, name) => {
    const options = { values: true, top: 3, atMillis: 0, ttlMillis: 1000 };
    return statsView(savepoint, name, findStates(savepoint, undefined), describer(), options);
  },
  bytes: (savepoint, name) => metadataBytesView(savepoint, name),
};

function validator(name: string): (json: unknown) => string {
  const schema = JSON.parse(readFileSync(path.join(ROOT, `docs/schemas/${name}.json`), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(schema);
  return (json) => (validate(json) ? '' : ajv.errorsText(validate.errors, { separator: '\n' }));
}

describe('JSON output fits its schema', () => {
  test('there are fixtures', () => assert.ok(FIXTURES.length > 0));

  for (const [name, view] of Object.entries(VIEWS)) {
    const errorsOf = validator(name);
    for (const fixture of FIXTURES) {
      test(`${name} ${fixture}`, async () => {
        const savepoint = await openSavepoint(path.join(SAVEPOINTS, fixture), { relocate: true });
        assert.equal(errorsOf(JSON.parse(jsonText(await view(savepoint, fixture)))), '');
      });
    }
  }

  test('stats without values', async () => {
    const savepoint = await openSavepoint(path.join(SAVEPOINTS, 'fraud-detector-flink2.3-rocksdb-savepoint'));
    const options = { values: false, top: 3, atMillis: 0 };
    const view = await statsView(savepoint, '', findStates(savepoint, undefined), describer(), options);
    assert.equal(validator('stats')(view), '');
  });

  test('the program prints what the library gives; a schema refuses what it does not know', () => {
    const shell = new Shell();
    const { stdout } = shell.spawn(
      'statewright inspect fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint --format json',
    );
    shell.remove();
    const view = JSON.parse(stdout) as { operators: { states: object[] }[] };
    const errorsOf = validator('inspect');
    assert.equal(errorsOf(view), '');
    assert.match(errorsOf({ ...view, schemaVersion: 2 }), /schemaVersion/);
    assert.match(errorsOf({ ...view, more: 1 }), /additional/);
    assert.match(errorsOf({ ...view, operators: [{ ...view.operators[0], id: 'x' }] }), /pattern/);
  });
});
