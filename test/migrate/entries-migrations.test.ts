import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { apply } from '@statewright/migrate';
import { openSavepoint, readEntries } from '@statewright/savepoint';
import { toJson } from '@statewright/serializers';

/*
 * The migrations of fixtures/migrate that change or load entries, applied: every entry is one that the new job of the fixture
 * says there is. Whether Flink restores them is for test/judge.
 */

const CASES = [
  'value-to-list',
  'value-to-map',
  'list-to-map',
  'map-values',
  'filter-entries',
  'expire-ttl',
  'merge-states',
  'merge-states-overlapping',
  'merge-states-new-operator',
  'split-state',
  'set-source-offsets',
  'load-state',
  'load-state-csv',
];

const FIXTURES = resolve(dirname(fileURLToPath(import.meta.url)), '../../../fixtures/migrate');

let directory = '';
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'migrations-'));
});
after(() => rm(directory, { recursive: true }));

interface Line {
  readonly operatorId: string;
  readonly kind: string;
  readonly state: string;
  readonly key: unknown;
  readonly namespace: unknown;
  readonly value: unknown;
}

/** An entry without its subtask; of a list one for each element, since subtasks share them as they like. */
function normal({ operatorId, kind, state, key, namespace, value }: Line): string[] {
  const head = `${operatorId} ${kind} ${state}`;
  if (kind === 'operator-list' || kind === 'union-list') {
    return (value as unknown[]).map((element) => `${head} ${JSON.stringify(element)}`);
  }
  return [`${head} ${JSON.stringify([key, namespace, value])}`];
}

/** The job of expire-ttl has a state whose own TTL hides more at its clock than the plan takes out: that is for Flink to judge. */
const HIDES_MORE = 'c537c6dbf1a24c2d915e49cfb917dd6d short';

/** Broadcast state is the same in every subtask. */
function all(everything: readonly Line[]): string[] {
  const lines = everything.filter(({ operatorId, state }) => `${operatorId} ${state}` !== HIDES_MORE);
  const broadcast = lines.filter(({ kind }) => kind === 'broadcast').flatMap(normal);
  const others = lines.filter(({ kind }) => kind !== 'broadcast').flatMap(normal);
  return [...new Set(broadcast), ...others].sort();
}

async function expected(name: string): Promise<string[]> {
  const text = await readFile(join(FIXTURES, name, 'expect.entries.ndjson'), 'utf8');
  return all(
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
  );
}

async function found(path: string): Promise<string[]> {
  const savepoint = await openSavepoint(path);
  const lines: Line[] = [];
  for (const operator of savepoint.operators) {
    for await (const batch of readEntries(savepoint, operator.states, { verifyKeyGroups: true })) {
      for (const { state, key, namespace, value } of batch) {
        const [jsonKey, jsonNamespace, json] = [key ?? null, namespace ?? null, value].map(
          (one) => JSON.parse(toJson(one)) as unknown,
        );
        const { kind, name } = state;
        lines.push({
          operatorId: operator.id,
          kind,
          state: name,
          key: jsonKey,
          namespace: jsonNamespace,
          value: json,
        });
      }
    }
  }
  return all(lines);
}

describe('migrations of entries', () => {
  for (const name of CASES) {
    for (const line of ['flink1.20', 'flink2.3']) {
      test(`${name} on ${line}`, async () => {
        const text = await readFile(join(FIXTURES, name, 'plan.yaml'), 'utf8');
        const plan = { file: 'plan.yaml', text, directory: join(FIXTURES, name) };
        const output = join(directory, `${name}-${line}`);
        const options = { allowLossy: true, workers: 1, reportFile: null };
        const view = await apply(join(FIXTURES, name, line, 'source'), plan, output, options);
        assert.equal(view.error, null, JSON.stringify(view.error));
        assert.deepEqual(await found(output), await expected(name));
      });
    }
  }
});
