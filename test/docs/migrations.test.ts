import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apply, plan, STEPS, verify } from '@statewright/migrate';
import { ROOT } from '../architecture/source-tree.js';
import { blocksOf, pages } from './markdown.js';

/* Every plan in docs/migrations begins with the snapshot that it is for. It is planned, applied and verified. */

const FOLDER = 'docs/migrations/';
const PAGES = pages().filter((page) => page.path.startsWith(FOLDER));
/** The first line: the snapshot, and the release that the result is for, if another than the snapshot's. */
const ON = /^# on (\S+)(?: for Flink (\S+))?\n/;

const PLANS = PAGES.flatMap((page) =>
  blocksOf(page, 'yaml').map((text, i) => ({ page: page.path, name: `${page.path} ${i + 1}`, text })),
);

describe('plans of the documentation', () => {
  let scratch = '';
  before(() => {
    scratch = mkdtempSync(path.join(tmpdir(), 'statewright-docs-'));
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  test('there are some', () => assert.ok(PLANS.length > 5));

  for (const [i, { page, name, text }] of PLANS.entries()) {
    test(name, async () => {
      const [, snapshot, flinkVersion] = ON.exec(text) ?? [];
      assert.ok(snapshot !== undefined, 'the first line says `# on SNAPSHOT`');
      const source = path.join(ROOT, snapshot);
      const own = { file: name, text, directory: path.dirname(path.join(ROOT, page)) };
      const options = { flinkVersion, clock: () => Date.UTC(2026, 10, 25) };
      const planned = await plan(source, own, options);
      assert.equal(planned.error?.message, undefined);
      assert.notEqual(planned.category, 'nothing');
      assert.deepEqual(
        planned.states.flatMap(({ failures }) => failures),
        [],
      );
      const output = path.join(scratch, String(i));
      const applied = await apply(source, own, output, { ...options, allowLossy: true });
      assert.equal(applied.error?.message, undefined);
      assert.ok(applied.steps.every(({ status }) => status === 'Success'));
      const nowMillis = BigInt(options.clock());
      const found = await verify(output, { flinkVersion, migration: { source, plan: own, nowMillis } });
      assert.equal(found.error?.message, undefined);
      assert.deepEqual(found.damage, []);
      assert.deepEqual(found.orphans, []);
      assert.deepEqual(found.migration?.differences, []);
    });
  }
});

describe('steps', () => {
  for (const { verb } of STEPS) {
    test(`${verb} has a page with a plan that is run`, () => {
      const page = PAGES.find((each) => each.path === `${FOLDER}${verb}.md`);
      assert.ok(page !== undefined, `${FOLDER}${verb}.md is missing`);
      assert.ok(
        blocksOf(page, 'yaml').some((text) => text.includes(`- ${verb}:`)),
        `${page.path} has no plan with it`,
      );
    });
  }
});
