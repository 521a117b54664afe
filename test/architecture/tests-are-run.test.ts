import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectNone, parse, sourcesIn } from './source-tree.js';
import { markedTests } from './tests-are-run.js';

test('no test is skipped, alone or to do', () => {
  expectNone(sourcesIn('test').flatMap(markedTests));
});

test('each way of marking is seen', () => {
  const marks = ['skip', 'only', 'todo'];
  for (const mark of marks) {
    for (const text of [`test.${mark}('a', f)`, `t.${mark}()`, `it('a', { ${mark}: true }, f)`]) {
      assert.equal(markedTests(parse('a.test.ts', text)).length, 1, text);
    }
  }
  assert.deepEqual(markedTests(parse('a.test.ts', `codec.skip(input); test('skip', { timeout: 1 }, f)`)), []);
});
