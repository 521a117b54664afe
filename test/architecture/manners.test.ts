import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { badSentences, forbiddenGlobals, leftUndone, sharedState } from './manners.js';
import { expectNone, packagesWithSources, parse, type SourceFile } from './source-tree.js';
import { CODE_FROM_TEXT, PROCESS_STATE } from './tables.js';

const ALL = packagesWithSources();

describe('manners of code', () => {
  for (const { row, sources } of ALL) {
    if (row.folder.startsWith('packages/')) {
      test(`${row.folder} prints nothing, reaches nowhere and makes no code from text`, () => {
        expectNone(sources.filter(({ path }) => !(path in CODE_FROM_TEXT)).flatMap(forbiddenGlobals));
      });

      test(`${row.folder} shares no state`, () => {
        expectNone(sources.filter(({ path }) => !(path in PROCESS_STATE)).flatMap(sharedState));
      });
    }

    test(`${row.folder} writes errors as one sentence without a full stop`, () => {
      expectNone(sources.flatMap(badSentences));
    });

    test(`${row.folder} leaves nothing undone`, () => {
      expectNone(sources.flatMap(leftUndone));
    });
  }
});

test('exceptions are needed still', () => {
  const sources = ALL.flatMap((each) => each.sources);
  const needed = (rule: (source: SourceFile) => string[]) =>
    new Set(sources.filter((source) => rule(source).length > 0).map(({ path }) => path));
  const stale = [
    ...Object.keys(CODE_FROM_TEXT).filter((path) => !needed(forbiddenGlobals).has(path)),
    ...Object.keys(PROCESS_STATE).filter((path) => !needed(sharedState).has(path)),
  ];
  expectNone(stale.map((path) => `${path} needs no exception any more, please remove it from the table`));
});

describe('the rules themselves', () => {
  const seenBy = (rule: (source: SourceFile) => string[], text: string) => rule(parse('a.ts', text)).length;

  test('globals', () => {
    for (const bad of [
      'console.log(1)',
      'f(process.argv)',
      'fetch(u)',
      'new Function(s)',
      'Function(s)',
      'eval(s)',
    ]) {
      assert.equal(seenBy(forbiddenGlobals, bad), 1, bad);
    }
    for (const fine of [
      'x.process()',
      'const o = { process: 1 }',
      'interface A { console: B }',
      'type F = Function',
    ]) {
      assert.equal(seenBy(forbiddenGlobals, fine), 0, fine);
    }
  });

  test('error sentences', () => {
    const one = (expression: string) => seenBy(badSentences, `f({ reason: ${expression} })`);
    assert.equal(one("'it ends early'"), 0);
    assert.equal(one(`\`wants \${n} bytes, has \${m}\``), 0);
    assert.equal(one("'It ends.'"), 1);
    assert.equal(one(`\`\${n} bytes.\``), 1);
    assert.equal(one(`a ? 'fine' : 'bad. '`), 1);
  });

  test('shared state and notes to oneself', () => {
    assert.equal(seenBy(sharedState, 'let counter = 0;'), 1);
    assert.equal(seenBy(sharedState, 'let made; function f() { made ??= g(); made = h(); }'), 1);
    assert.equal(seenBy(sharedState, 'let made; function f() { made ??= g(); return made; }'), 0);
    assert.equal(seenBy(sharedState, 'const limit = 3; function f() { let x = 0; return x; }'), 0);
    assert.equal(seenBy(leftUndone, ['// TO', 'DO: later'].join('')), 1);
  });
});
