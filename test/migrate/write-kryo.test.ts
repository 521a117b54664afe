import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { openSavepoint } from '@statewright/savepoint';
import { FIXTURES } from '../savepoint/corpus.js';
import { contents, write } from './write-run.js';

/** Steps on the fields around what Kryo wrote. */
const AROUND = `
  - add-field: { class: com.acme.Basket, field: visits, type: int, default: 7 }
  - rename-field: { class: com.acme.Basket, field: owner, to: who }`;

/** Steps that read what Kryo wrote, which the steps around it only copy. */
const KRYO_OUT = `
  - kryo-to: { class: com.acme.Basket, field: tags, layout: java.util.ArrayList<string>, to: list<string> }
  - kryo-to:
      class: com.acme.Basket
      field: counts
      layout: "java.util.HashMap<string, java.lang.Integer>"
      to: "map<string, int>"`;

describe("fields between Kryo's change while Kryo's are copied", () => {
  for (const line of ['1.20', '2.3']) {
    test(`Flink ${line}: before or after Kryo is left, the values are the same`, async () => {
      const path = resolve(FIXTURES, `../migrate/kryo-to-collections/flink${line}/source`);
      const source = await openSavepoint(path);
      const copied = await write(source, { steps: AROUND });
      assert.deepEqual(
        copied.tallies.flatMap(({ failures }) => failures),
        [],
      );
      const first = await write(copied.savepoint, { steps: KRYO_OUT });
      const last = await write(source, { steps: `${KRYO_OUT}${AROUND}` });
      const values = await contents(first.savepoint);
      assert.deepEqual(values, await contents(last.savepoint));
      // A list that was never null, and a field that stands between two that Kryo wrote.
      assert.ok(values.some((text) => /"badge-0".*"visits":7,"who":"owner-9"/.test(text)));
    });
  }
});
