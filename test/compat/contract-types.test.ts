import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import { parseType, printType } from '@statewright/compat';
import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import fc from '../property.js';
import { comparable, schemas, serializerSnapshots } from './contract-corpus.js';

/* The short type syntax by itself: parser and printer are each other's inverse, and nothing else gets through. */

function parse(text: string): SerializerSnapshot {
  return parseType(text, {
    error: (offset, reason) => new StatewrightError('BAD_DOCUMENT', { reason: `${offset}: ${reason}` }),
    file: 'type',
    named: () => undefined,
    names: [],
    readFile: () => '{"type": "record", "name": "com.acme.X", "fields": []}',
  });
}

const name = fc.oneof(
  fc.constantFrom('id', 'subclass', 'registered', 'list', 'ünï', '_x$1', 'only', 'with', 'int'),
  fc.string({ minLength: 1, maxLength: 6, unit: 'binary' }),
);
const names = fc.uniqueArray(name, { maxLength: 4 });
const quoted = (text: string) => JSON.stringify(text);
const simple = fc.constantFrom(
  'int',
  'long',
  'string',
  'byte[]',
  'void-namespace',
  'local-date',
  'time-window',
);
const sql = fc.constantFrom('INT', 'BIGINT NOT NULL', 'STRING', 'DECIMAL(10, 2)', 'ROW<`a b` INT, c DATE>');

/** Texts of the syntax, built from its grammar. */
const types = fc.letrec<{ type: string }>((tie) => {
  const type = tie('type');
  const list = (most: number) => fc.array(type, { minLength: 1, maxLength: most });
  return {
    type: fc.oneof(
      { maxDepth: 4 },
      simple,
      fc
        .tuple(fc.constantFrom('list', 'set', 'ttl', 'nullable', 'option'), type)
        .map(([k, t]) => `${k}<${t}>`),
      fc.tuple(fc.constantFrom('map', 'either', 'timer'), type, type).map(([k, a, b]) => `${k}<${a}, ${b}>`),
      list(4).map((all) => `tuple<${all.join(', ')}>`),
      list(4).map((all) => `row<\n${all.join('\n')}\n>`),
      fc.tuple(name, list(3)).map(([n, all]) => `case-class ${quoted(n)}<${all.join(', ')}>`),
      fc.tuple(name, names).map(([n, all]) => `enum ${quoted(n)}(${all.map(quoted).join(', ')})`),
      fc
        .tuple(name, names)
        .map(([n, all]) => `kryo ${quoted(n)} { ${all.map((c) => `registered ${quoted(c)}`).join(', ')} }`),
      fc.tuple(name, names, list(4)).map(([n, all, inner]) => {
        const fields = all.map(
          (field, i) => `${quoted(field)}: ${inner[i % inner.length]?.replace(/\?+$/, '?')}`,
        );
        return `pojo ${quoted(n)} {\n${fields.join('\n')}\n}`;
      }),
      fc.array(sql, { maxLength: 4 }).map((all) => `rowdata<${all.join(', ')}>`),
      type.map((t) => `${t}?`),
    ),
  };
}).type;

describe('parser and printer', () => {
  test('what is parsed and printed is parsed the same again', () => {
    fc.assert(
      fc.property(types, (text) => {
        const snapshot = parse(text);
        const printed = printType(snapshot);
        assert.deepEqual(comparable(parse(printed)), comparable(snapshot));
        assert.equal(printType(parse(printed)), printed);
      }),
      { numRuns: 2000 },
    );
  });

  test('what is printed has nothing that a terminal would obey', () => {
    fc.assert(
      fc.property(types, (text) => {
        assert.match(printType(parse(text)), /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u);
      }),
    );
  });

  test('a damaged text is a type or an error, never a crash', () => {
    const damaged = fc
      .tuple(types, fc.nat(), fc.nat({ max: 8 }), fc.string({ maxLength: 3 }))
      .map(([text, at, length, other]) => {
        const from = at % (text.length + 1);
        return text.slice(0, from) + other + text.slice(from + length);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        try {
          parse(text);
        } catch (error) {
          assert.ok(error instanceof StatewrightError, String(error));
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** Texts, and what they are printed as: the shortest form that says the same. */
const SAME: readonly (readonly [text: string, printed: string])[] = [
  ['nullable<int>', 'int?'],
  ['nullable(4)<int>', 'nullable(4)<int>'],
  ['pojo A { a: int? }', 'pojo A { a: int }'],
  ['pojo A { a: nullable<int> }', 'pojo A { a: nullable<int> }'],
  ['pojo A { A#a: int, B#b: long }', 'pojo A { a: int, B#b: long }'],
  ['pojo A { a: int, subclass pojo B { } }', 'pojo A { a: int, subclass pojo B {} }'],
  [
    'pojo A { registered subclass B = pojo B { b: int } }',
    'pojo A { registered subclass pojo B { b: int } }',
  ],
  ['pojo A { subclass: int, registered: int }', 'pojo A { subclass: int, registered: int }'],
  ['tuple org.apache.flink.api.java.tuple.Tuple2<int, long>', 'tuple<int, long>'],
  ['array java.lang.String<string>', 'array<string>'],
  ['array com.acme.Base<pojo com.acme.A { }>', 'array com.acme.Base<pojo com.acme.A {}>'],
  ['scala-enum S(A = 0, B = 1, C = 7, D)', 'scala-enum S(A, B, C = 7, D)'],
  ['rowdata<INTEGER, VARCHAR(2147483647)>', 'rowdata<INT, STRING>'],
  ['avro ./x.avsc', 'avro com.acme.X {"type": "record", "name": "com.acme.X", "fields": []}'],
  ['kryo A { }', 'kryo A'],
  ['kryo A { registered A, registered B }', 'kryo A { registered B }'],
  ['kryo A { registered B, registered A with S }', 'kryo A { registered A with S, registered B }'],
  ['kryo A only { registered A }', 'kryo A only { registered A }'],
  ['kryo A { default B with C }', 'kryo A { default B with C }'],
  ['list<int> # of what', 'list<int>'],
];

describe('one type, one text', () => {
  for (const [text, printed] of SAME) test(text, () => assert.equal(printType(parse(text)), printed));

  test('a ? behind a field says nothing, for every field of a POJO may be null', () => {
    const [marked, plain] = ['pojo A { a: int? }', 'pojo A { a: int }'].map(parse);
    assert.deepEqual(marked, plain);
    assert.equal((marked as PojoSnapshot).fields[0]?.value?.nested.length, 0);
  });
});

/** What no short form says exactly, as bytes; and serializers whose snapshot nobody can read, by their class alone. */
const AS_BYTES = [
  'org.apache.flink.api.common.typeutils.base.GenericArraySerializerConfigSnapshot',
  'org.apache.flink.api.java.typeutils.runtime.EitherSerializerSnapshot',
  'org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode$SharedBufferNodeSerializer$SharedBufferNodeSerializerSnapshot',
  'org.apache.flink.table.runtime.typeutils.ExternalSerializer$ExternalSerializerSnapshot',
  // Rows with columns of user-defined, RAW or legacy types.
  'org.apache.flink.table.runtime.typeutils.RowDataSerializer$RowDataSerializerSnapshot',
  'org.apache.flink.table.runtime.typeutils.SortedMapSerializerSnapshot',
];
const BY_CLASS = [
  'dev.statewright.fixtures.jobs.zoo.CelsiusSerializer$Snapshot',
  'org.apache.flink.streaming.api.operators.TimerSerializer$TimerSerializerConfigSnapshot',
  'org.apache.flink.test.migration.TypeSerializerSnapshotMigrationITCase$TestSerializerSnapshot',
];

test('everything else in the corpus has a short form', async () => {
  const states = (await schemas()).flatMap(({ schema }) => schema.operators.flatMap(({ states }) => states));
  const roots = [
    ...serializerSnapshots().map(({ snapshot }) => snapshot),
    ...states.flatMap(({ key, namespace, value, userKey }) => [key, namespace, value, userKey]),
  ];
  const found = { bytes: new Set<string>(), class: new Set<string>() };
  for (const root of roots) {
    if (root === undefined) continue;
    for (const [, className, body] of printType(root).matchAll(/serializer (\S+) version \d+( base64)?/g)) {
      found[body === undefined ? 'class' : 'bytes'].add(className!);
    }
  }
  assert.deepEqual([...found.bytes].sort(), AS_BYTES);
  assert.deepEqual([...found.class].sort(), BY_CLASS);
});
