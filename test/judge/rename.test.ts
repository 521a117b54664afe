import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { type Fixture, FLINK_LINES, type FlinkLine, fixturesOf, judge, type Verdict } from './judge.js';
import { comparable, expectedLines, type Rename, requestOf, writeRenamed } from './renamed.js';

/*
 * The only proof that counts: what `statewright rename` and `rename-operator` wrote is restored by real Flink into a job
 * with the new names, and every entry is there. That all other bytes are the same is tested in test/savepoint.
 */

const RENAMES: readonly Rename[] = [
  { what: 'keyed value', command: 'rename', from: 'fraud-detector/tx-count', to: 'number-of-transactions' },
  { what: 'keyed map', command: 'rename', from: 'fraud-detector/seen-merchants', to: 'm' },
  { what: 'operator list', command: 'rename', from: 'alert-buffer/buffered-alerts', to: 'alerts ✓' },
  { what: 'union list', command: 'rename', from: 'alert-buffer/sent-offsets', to: 'offsets' },
  { what: 'broadcast', command: 'rename', from: 'rules/rules', to: 'fraud-rules' },
  { what: 'operator', command: 'rename-operator', from: 'fraud-detector', to: 'detector' },
];

/** The forms in which a snapshot can be renamed and opened wherever it lies. */
const FORMS = [
  'hashmap-savepoint',
  'hashmap-savepoint-compressed',
  'hashmap-savepoint-inline',
  'hashmap-savepoint-native',
  'rocksdb-savepoint',
];

const scratch = mkdtempSync(path.join(os.tmpdir(), 'statewright-rename-'));
after(() => rmSync(scratch, { recursive: true }));

function fixtureOf(line: FlinkLine, form: string): Fixture {
  const found = fixturesOf(line).find(({ name }) => name === `fraud-detector-flink${line}-${form}`);
  assert.ok(found !== undefined, `no fixture fraud-detector-flink${line}-${form}`);
  return found;
}

/** Renames a fixture, once; the folder of the result. */
async function renamed(fixture: Fixture, rename: Rename): Promise<string> {
  const output = path.join(scratch, `${fixture.name}-${rename.what.replace(' ', '-')}`);
  if (!existsSync(output)) await writeRenamed(fixture, rename, output);
  return output;
}

interface Case {
  readonly fixture: Fixture;
  readonly rename: Rename;
}

/** Has real Flink restore each renamed fixture; what it does not see is a failure. */
async function expectSeen(line: FlinkLine, cases: readonly Case[]): Promise<void> {
  const requests = [];
  for (const { fixture, rename } of cases) {
    requests.push(requestOf(fixture, rename, await renamed(fixture, rename)));
  }
  const verdicts = await judge(line, requests);
  for (const [index, { fixture, rename }] of cases.entries()) {
    assert.deepEqual(missing(fixture, rename, verdicts[index]), [], `${rename.what} in ${fixture.name}`);
  }
}

/** Entries that must be there and are not seen. */
function missing(fixture: Fixture, rename: Rename, verdict: Verdict | undefined): string[] {
  const what = `${rename.what} in ${fixture.name}`;
  assert.ok(
    verdict?.ok === true,
    `${what} was refused: ${verdict?.ok === false ? verdict.causes.join('; ') : ''}`,
  );
  const seen = new Set(verdict.lines.map(comparable));
  return expectedLines(fixture, rename).filter((line) => !seen.has(line));
}

for (const line of FLINK_LINES) {
  test(`Flink ${line} restores every renamed snapshot and sees every value`, async () => {
    await expectSeen(
      line,
      FORMS.flatMap((form) => RENAMES.map((rename) => ({ fixture: fixtureOf(line, form), rename }))),
    );
  });
}

test('Flink 2.3 restores what Flink 1.20 wrote and we renamed', async () => {
  const fixture = fixtureOf('1.20', 'rocksdb-savepoint');
  await expectSeen(
    '2.3',
    RENAMES.map((rename) => ({ fixture, rename })),
  );
});

test('a job that still has the old name sees nothing under it: the rename is what the judge sees', async () => {
  const rename = RENAMES.find(({ what }) => what === 'keyed map') as Rename;
  const fixture = fixtureOf('2.3', 'rocksdb-savepoint');
  const snapshot = await renamed(fixture, rename);
  const [verdict] = await judge('2.3', [{ job: fixture.job, backend: fixture.backend, snapshot }]);
  assert.ok(verdict?.ok === true, 'refused');
  const merchants = (lines: readonly string[]) =>
    lines.filter((each) => each.includes('"state":"seen-merchants"'));
  assert.notDeepEqual(merchants(fixture.entries), []);
  assert.deepEqual(merchants(verdict.lines), []);
});
