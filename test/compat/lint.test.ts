import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { RULES } from '@statewright/compat';
import { ROOT } from '../architecture/source-tree.js';
import { type LintCase, lintCase } from './lint-case.js';

/*
 * Each lint rule has a case: a snapshot of real Flink (a few with an edit), what the rule must find in it, and what it must
 * say with which numbers; and an input to which it must not object. Numbers are those of the fixture's `expect.json`, which
 * Flink's State Processor API counted, or are computed by hand from the settings.
 */

const FOLDER = path.join(ROOT, 'packages/compat/src/rules/lint');
const NO_RULES = ['index.ts', 'lint-rule.ts'];
const IDS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts') && !NO_RULES.includes(name))
  .map((name) => name.slice(0, -'.ts'.length));
const FRAUD = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

function caseOf(id: string): LintCase {
  const file = path.join(ROOT, 'fixtures/compat', id, 'case.json');
  assert.ok(existsSync(file), `the rule ${id} has no fixture: ${file}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('lint rules', () => {
  test('have the names of their files', () => {
    const known = new Set(RULES.map(({ id }) => id));
    assert.ok(IDS.length >= 32);
    assert.deepEqual(
      IDS.filter((id) => !known.has(id)),
      [],
    );
  });

  test('stand in docs/lint.md', () => {
    const page = readFileSync(path.join(ROOT, 'docs/lint.md'), 'utf8');
    assert.deepEqual(
      IDS.filter((id) => !page.includes(`\`${id}\``)),
      [],
    );
  });

  for (const id of IDS) {
    describe(id, () => {
      test('finds what is there', async () => {
        const { expect, ...input } = caseOf(id);
        const { findings } = await lintCase(input);
        const own = findings.filter(({ rule }) => rule === id);
        assert.ok(expect.length > 0, 'the case expects nothing');
        assert.deepEqual(
          own.map((finding) => finding.path),
          expect.map((one) => one.path),
        );
        for (const [i, { says }] of expect.entries()) {
          const { reason } = own[i]!;
          for (const text of says) assert.ok(reason.includes(text), `"${text}" is not in: ${reason}`);
        }
      });

      test('does not object to what is right', async () => {
        const { findings } = await lintCase(caseOf(id).clean);
        assert.deepEqual(
          findings.filter(({ rule }) => rule === id),
          [],
        );
      });
    });
  }
});

describe('lint', () => {
  test('says the same without reading state, as far as types tell', async () => {
    const snapshot = 'fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint';
    const [all, schema] = [await lintCase({ snapshot }), await lintCase({ snapshot }, 'schema')];
    const rules = new Set(schema.findings.map(({ rule }) => rule));
    assert.deepEqual([...rules].sort(), [
      'default-max-parallelism',
      'kryo-fallback',
      'pojo-with-unregistered-subclasses',
      'ttl-missing-beside-ttl',
    ]);
    assert.deepEqual(
      all.findings.filter(({ rule }) => rules.has(rule)),
      schema.findings,
    );
  });

  test('counts entries the same by frames as by values', async () => {
    const config = { rules: { 'keys-without-ttl': { minEntries: 1 } } };
    const found = async (depth: 'frames' | 'values') => {
      const { findings } = await lintCase({ snapshot: FRAUD, config }, depth);
      return findings
        .filter(({ rule, path }) => rule === 'keys-without-ttl' && !path.endsWith('/seen-merchants'))
        .map(({ path, reason }) => [path, reason.slice(0, reason.indexOf(' ('))]);
    };
    const values = await found('values');
    assert.deepEqual(values, [
      ['fraud-detector/last-amount', '35 entries'],
      ['fraud-detector/tx-count', '40 entries'],
    ]);
    assert.deepEqual(await found('frames'), values);
  });

  test('finds subclasses that only the values show', async () => {
    const snapshot = 'fixtures/savepoints/zoo-pojos-flink2.3-hashmap-savepoint';
    const found = ({ findings }: Awaited<ReturnType<typeof lintCase>>) =>
      findings.filter(({ rule }) => rule === 'pojo-with-unregistered-subclasses').map((one) => one.state);
    assert.deepEqual(found(await lintCase({ snapshot })), ['pojos/animal', 'pojos/animals']);
    assert.deepEqual(found(await lintCase({ snapshot }, 'schema')), []);
  });

  test('gives the same fingerprints for another snapshot of the same job', async () => {
    const prints = async (snapshot: string) =>
      (await lintCase({ snapshot }, 'schema')).findings.map(({ fingerprint }) => fingerprint);
    const before = await prints('fixtures/savepoints/zoo-keys-flink2.3-hashmap-savepoint');
    assert.ok(before.length > 0);
    assert.deepEqual(
      (await prints('fixtures/savepoints/zoo-keys-flink2.3-rocksdb-savepoint')).sort(),
      [...before].sort(),
    );
  });

  test('refuses a backend that contradicts the configuration of Flink', async () => {
    const flinkConfig = { file: 'config.yaml', text: 'state.backend.type: hashmap\n' };
    const config = { backend: 'rocksdb' };
    await assert.rejects(lintCase({ snapshot: FRAUD, flinkConfig, config }, 'schema'), {
      message:
        'USAGE backend: statewright.yaml says rocksdb, but state.backend.type in config.yaml is hashmap; let both say the same',
    });
  });
});
