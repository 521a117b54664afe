import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Fixture, FLINK_LINES, fixturesOf, judge, type Verdict } from './judge.js';

/*
 * The committed expectations are what Flink sees today, not what somebody once wrote: every savepoint is restored into
 * its job and read through the State Processor API once more. Checkpoints name their files by the place where they were
 * written, so that Flink cannot open them here.
 */

/** Lines of the states that the State Processor API cannot read. */
function unseen(fixture: Fixture, line: string): boolean {
  const { uid, kind, state } = JSON.parse(line) as { uid: string; kind: string; state: string };
  const row = fixture.states.find((each) => each.uid === uid && each.kind === kind && each.name === state);
  assert.ok(row !== undefined, `${fixture.name}: ${uid}/${state} is not in expect.json`);
  return !row.seenBySpa;
}

function linesOf(fixture: Fixture, verdict: Verdict | undefined): readonly string[] {
  assert.ok(
    verdict?.ok === true,
    `${fixture.name} was refused: ${verdict?.ok === false ? verdict.causes.join('; ') : ''}`,
  );
  return verdict.lines;
}

for (const line of FLINK_LINES) {
  const fixtures = fixturesOf(line).filter(({ format }) => format.startsWith('savepoint'));

  test(`Flink ${line} restores its savepoints and sees every entry`, async () => {
    assert.ok(fixtures.length > 0, 'no fixture was found');
    const requests = fixtures.map(({ job, directory, backend }) => ({ job, snapshot: directory, backend }));
    const verdicts = await judge(line, requests);
    for (const [index, fixture] of fixtures.entries()) {
      const seen = new Set(linesOf(fixture, verdicts[index]));
      const missing = fixture.entries.filter((entry) => !seen.has(entry));
      assert.deepEqual(missing, [], `${fixture.name}: entries that are not seen`);
    }
  });

  test(`the State Processor API of ${line} reads what is committed, line for line`, async () => {
    // Canonical savepoints are read with hashmap: with many key groups the API reads some keys twice from RocksDB.
    const readable = fixtures.filter(({ format }) => format === 'savepoint');
    const requests = readable.map(({ job, directory }) => ({ job, snapshot: directory, dump: true }));
    const verdicts = await judge(line, requests);
    for (const [index, fixture] of readable.entries()) {
      const expected = fixture.entries.filter((entry) => !unseen(fixture, entry));
      assert.deepEqual([...linesOf(fixture, verdicts[index])].sort(), expected.sort(), fixture.name);
    }
  });
}
