import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { RULES } from '@statewright/compat';
import { ROOT } from '../architecture/source-tree.js';
import { type CheckCase, checkCase } from './check-case.js';

/*
 * Each check rule has a case: an old snapshot of real Flink, and the new job as another snapshot of real Flink or as a state
 * contract that was edited by hand. What Flink does with such a change is known from the stories and the pairs that Flink
 * judged, or is argued in the case's `why`.
 */

const FOLDER = path.join(ROOT, 'packages/compat/src/rules/check');
const NO_RULES = ['index.ts', 'check-rule.ts'];
const IDS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts') && !NO_RULES.includes(name))
  .map((name) => name.slice(0, -'.ts'.length));
const SAVEPOINTS = path.join(ROOT, 'fixtures/savepoints');

function caseOf(id: string): CheckCase {
  const file = path.join(ROOT, 'fixtures/compat', id, 'case.json');
  assert.ok(existsSync(file), `the rule ${id} has no fixture: ${file}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('check rules', () => {
  test('have the names of their files, and every fixture has a rule', () => {
    const known = new Set(RULES.map(({ id }) => id));
    assert.ok(IDS.length >= 45, `${IDS.length} rules`);
    assert.deepEqual(
      IDS.filter((id) => !known.has(id)),
      [],
    );
    const fixtures = readdirSync(path.join(ROOT, 'fixtures/compat'));
    assert.deepEqual(
      fixtures.filter((id) => !known.has(id)),
      [],
    );
  });

  for (const id of IDS) {
    test(id, async () => {
      const { expect, why, ...input } = caseOf(id);
      const { findings, exitCode, states } = await checkCase(input);
      assert.ok(why.length > 0);
      assert.ok(
        expect.findings.some(({ rule }) => rule === id),
        'the case does not expect its own rule',
      );
      assert.deepEqual(
        findings.map(({ rule, path: where }) => `${rule} ${where}`),
        expect.findings.map(({ rule, path: where }) => `${rule} ${where}`),
      );
      for (const [i, { says = '' }] of expect.findings.entries()) {
        assert.ok(findings[i]!.reason.includes(says), `"${says}" is not in: ${findings[i]!.reason}`);
      }
      assert.equal(exitCode, expect.exit);
      if (exitCode === 20) assert.ok(findings.some(({ level }) => level === 'restore'));
      assert.ok(states.length > 0);
    });
  }
});

describe('a job that did not change', () => {
  /** What is true of an unchanged job too: nobody can tell, Flink does not compare it. */
  const ALWAYS = new Set(['opaque-value', 'pojo-subclass-unregistered']);

  for (const name of readdirSync(SAVEPOINTS)) {
    test(name, async () => {
      const previous = `fixtures/savepoints/${name}`;
      const views = [await checkCase({ previous }), await checkCase({ previous, edit: [] })];
      for (const { findings, exitCode, states } of views) {
        const custom = name.startsWith('zoo-custom');
        const rules = findings.map(({ rule }) => rule).filter((rule) => !ALWAYS.has(rule));
        assert.deepEqual([...new Set(rules)], custom ? ['verdict-unknown'] : []);
        assert.equal(exitCode, custom ? 21 : 0);
        for (const { verdict, address } of states) {
          const expected = custom
            ? /./
            : /^(compatible as is|compatible with reconfigured serializer|opaque)$/;
          assert.match(verdict, expected, address);
        }
      }
    });
  }
});
