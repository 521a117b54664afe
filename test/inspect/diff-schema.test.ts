import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { jsonText, ndjsonDiffWriter } from '@statewright/report';
import { openSavepoint } from '@statewright/savepoint';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from '../architecture/source-tree.js';
import { diffOf, fixturesByJob, openFixture } from './diff-pairs.js';

/* What `diff --json` prints, against docs/schemas/diff.json, which allows nothing else. */

const schema = JSON.parse(readFileSync(path.join(ROOT, 'docs/schemas/diff.json'), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const validate = ajv.compile(schema);
const errorsOf = (view: unknown) =>
  validate(view) ? '' : ajv.errorsText(validate.errors, { separator: '\n' });

describe('a comparison as JSON fits its schema', () => {
  for (const [job, names] of fixturesByJob()) {
    test(`${job} and another job`, async () => {
      const other = await openFixture('zoo-kinds-flink1.20-hashmap-checkpoint');
      const view = await diffOf(await openFixture(names[0]!), other, { ttl: true });
      assert.equal(errorsOf(JSON.parse(jsonText(view))), '');
    });
  }

  const stories = path.join(ROOT, 'fixtures/stories');
  for (const { name } of readdirSync(stories, { withFileTypes: true }).filter((one) => one.isDirectory())) {
    test(`story ${name}, and its lines`, async () => {
      const open = (side: string) => openSavepoint(path.join(stories, name, 'flink2.3', side));
      const view = await diffOf(await open('previous'), await open('current'));
      assert.equal(errorsOf(JSON.parse(jsonText(view))), '');
      const writer = ndjsonDiffWriter();
      const changes = view.changes.flatMap((change) => [...writer.change(change)]);
      const lines = [...writer.head(view), ...changes, ...writer.tail(view)].map((line) => JSON.parse(line));
      assert.equal(lines[0].record, 'diff');
      assert.equal(lines.at(-1).record, 'summary');
      const of = (record: string) => lines.filter((line) => line.record === record);
      assert.equal(of('change').length, view.changes.length);
      assert.equal(of('state').length, view.states.length);
    });
  }

  test('what the schema does not know is refused', async () => {
    const name = 'in-flight-flink2.3-hashmap-checkpoint-unaligned';
    const view = await diffOf(await openFixture(name), await openFixture(name), { schemaOnly: true });
    assert.equal(errorsOf(view), '');
    assert.match(errorsOf({ ...view, more: 1 }), /additional/);
    assert.match(errorsOf({ ...view, verdict: 'maybe' }), /verdict|allowed/);
  });
});
