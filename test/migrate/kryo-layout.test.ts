import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import { parseLayout } from '@statewright/migrate';
import fc from '../property.js';

/* The text of a layout, as plans spell it. */

function parse(text: string) {
  return parseLayout(text, (offset, reason, next) => {
    const at = { file: 'plan.yaml', line: 1, column: offset + 1 };
    return new StatewrightError('BAD_DOCUMENT', { at, reason, next });
  });
}

const text = { kind: 'class', name: 'java.lang.String', arguments: [] };

test('the layout of the issue is read', () => {
  const { type, layouts } = parse(
    'com.acme.LegacyProfile { nick: string, level: int, points: long, badges: java.util.ArrayList<string>, tier: enum com.acme.Tier(FREE, PRO) }',
  );
  assert.deepEqual(type, { kind: 'class', name: 'com.acme.LegacyProfile', arguments: [] });
  const { fields, kind, final } = layouts.get('com.acme.LegacyProfile')!;
  assert.deepEqual({ kind, final }, { kind: 'object', final: false });
  assert.deepEqual(fields, [
    { name: 'nick', type: text },
    { name: 'level', type: { kind: 'primitive', name: 'int' } },
    { name: 'points', type: { kind: 'primitive', name: 'long' } },
    { name: 'badges', type: { kind: 'class', name: 'java.util.ArrayList', arguments: [text] } },
    { name: 'tier', type: { kind: 'class', name: 'com.acme.Tier', arguments: [] } },
  ]);
  assert.deepEqual(layouts.get('com.acme.Tier')?.constants, ['FREE', 'PRO']);
});

test('every form is read, over lines and with comments', () => {
  const { layouts } = parse(`final com.acme.A<T> {
    one: int?      # a box
    two: T[]
    three: list<? extends com.acme.B>
    four: map<string, set<?>>, five: int[][]
    six: com.acme.A<T>
    seven: abstract com.acme.I
    eight: enum com.acme.E(X, Y {})
    nine: instant
  }
  com.acme.B { other: object }
  record com.acme.R { at: com.acme.E }`);
  const { fields, final, typeParameters } = layouts.get('com.acme.A')!;
  assert.deepEqual({ final, typeParameters }, { final: true, typeParameters: ['T'] });
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  const variable = { kind: 'variable', name: 'T', bound: 'java.lang.Object' };
  assert.deepEqual(types.get('one'), { kind: 'class', name: 'java.lang.Integer', arguments: [] });
  assert.deepEqual(types.get('two'), { kind: 'array', element: variable });
  assert.deepEqual(types.get('six'), { kind: 'class', name: 'com.acme.A', arguments: [variable] });
  assert.deepEqual(types.get('nine'), { kind: 'class', name: 'java.time.Instant', arguments: [] });
  assert.equal(layouts.get('com.acme.I')?.kind, 'abstract');
  assert.equal(layouts.get('com.acme.E')?.final, false);
  assert.equal(layouts.get('com.acme.R')?.kind, 'record');
});

const WRONG: readonly (readonly [text: string, message: RegExp])[] = [
  ['', /1:1: a type is expected, but the text ends/],
  ['com.acme.A', /1:1: "com\.acme\.A" has no layout; say its fields in braces, or object/],
  ['com.acme.A { a: int, a: long }', /1:22: the field "a" is there twice/],
  ['com.acme.A { a int }', /1:16: ":" is expected behind the field "a", but "int" is found/],
  ['com.acme.A { a: com.acme.B }', /1:17: "com\.acme\.B" has no layout/],
  ['com.acme.A { a: int b: int }', /1:21: a comma, a new line or "}" is expected/],
  ['com.acme.A { a: int', /1:12: "\{" is never closed/],
  ['com.acme.A { a: com.acme.A { b: int } }', /1:17: "com\.acme\.A" has a layout already/],
  ['com.acme.A<string> { a: int }', /1:12: the type parameters of "com\.acme\.A" are names/],
  ['final com.acme.A', /1:7: "final" stands before a class with its fields in braces/],
  ['int[', /1:5: "\]" is expected behind "\[", but the text ends/],
  ['int) x', /1:4: the layout ends here, but "\)" is found behind it/],
  [`${'list<'.repeat(600)}int`, /types nest deeper than 512 levels/],
];

for (const [layout, message] of WRONG) {
  test(`${JSON.stringify(layout.slice(0, 50))} says what is wrong and where`, () => {
    assert.throws(
      () => parse(layout),
      (error: Error) => error instanceof StatewrightError && message.test(error.message),
    );
  });
}

test('the layout in docs/format/kryo.md is read', () => {
  const docs = readFileSync(new URL('../../../docs/format/kryo.md', import.meta.url), 'utf8');
  const example = /^ {4}com\.acme\.Order[\s\S]*?\n\n/m.exec(docs)?.[0] ?? '';
  assert.deepEqual([...parse(example.trim()).layouts.keys()].sort(), [
    'com.acme.Card',
    'com.acme.Line',
    'com.acme.Order',
    'com.acme.Payment',
    'com.acme.Point',
    'com.acme.Range',
    'com.acme.Status',
  ]);
});

test('any text is a layout or an error with a place', () => {
  const token = fc.constantFrom(
    ...['com.a.B', 'T', 'int', 'string', 'list', 'enum', 'final', 'record', 'abstract', 'extends', 'super'],
    ...['{', '}', '<', '>', '(', ')', '[', ']', '?', ':', ',', '\n', '#', ' ', 'x', '.', '"'],
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
      try {
        parse(tokens.join(' '));
      } catch (error) {
        assert.ok(error instanceof StatewrightError && error.at !== undefined, String(error));
      }
    }),
    { numRuns: 3000 },
  );
});
