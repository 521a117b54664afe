import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { StatewrightError } from '@statewright/bytes';
import { readContract } from '@statewright/compat';

/*
 * What a person is told who has written something wrong: the line and column of the very word, and what to do. Lines of a
 * state begin with line 7 and column 9.
 */

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`;
}

/** A contract with one state. */
function state(...own: string[]): string {
  const head = ['version: 1', 'operators:', '  op:', '    key: string', '    states:', '      s:'];
  return lines(...head, ...own.map((line) => `        ${line}`));
}

function beside(relative: string): string {
  if (relative === './bad.avsc') return '{"type":"record","name":"X"}';
  throw new StatewrightError('FILE_NOT_FOUND', { reason: 'there is no such file' });
}

const CASES: readonly (readonly [what: string, text: string, message: string])[] = [
  [
    'not YAML',
    lines('version: 1', 'operators: {a: ['),
    '3:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['a list', lines('- a'), '1:1: a mapping is expected for this file, but a list is given'],
  ['empty', lines(''), '1:1: a mapping is expected for this file, but nothing is given'],
  ['no version', lines('operators: {}'), '1:1: this file lacks "version"'],
  [
    'version 2',
    lines('version: 2', 'operators: {}'),
    '1:10: "2" does not fit version; expected is: 1, the version of this form',
  ],
  [
    'unknown key at the top',
    lines('version: 1', 'operator: {}', 'operators: {}'),
    '2:1: "operator" is no key of this file; did you mean "operators"',
  ],
  [
    'unknown key of a state',
    state('kind: value', 'vlaue: long'),
    '8:9: "vlaue" is no key of operators.op.states.s; did you mean "value"',
  ],
  [
    'unknown kind',
    state('kind: valeu', 'value: long'),
    '7:15: "valeu" is no value of operators.op.states.s.kind; did you mean "value"',
  ],
  [
    'flink without quotes',
    lines('version: 1', 'flink: 1.20', 'operators: {}'),
    '2:8: a text is expected for flink, but "1.2" is given; put it in quotes',
  ],
  [
    'flink turned round',
    lines('version: 1', 'flink: "2.0 - 1.20"', 'operators: {}'),
    '2:8: the range of releases begins at 2.0 but ends at 1.20',
  ],
  [
    'flink of three parts',
    lines('version: 1', 'flink: "1.20.1"', 'operators: {}'),
    '2:8: "1.20.1" does not fit flink; expected is: the release that the job runs on, for example "1.20", or a range like "1.18 - 1.20"',
  ],
  [
    'backend',
    lines('version: 1', 'backend: rocks', 'operators: {}'),
    '2:10: "rocks" is no value of backend; did you mean "rocksdb"',
  ],
  [
    'a number as key',
    lines('version: 1', 'operators:', '  1.0: {}'),
    '3:3: the key 1.0 is no text; put it in quotes',
  ],
  ['a key twice', lines('version: 1', 'operators:', '  a: {}', '  a: {}'), '4:3: Map keys must be unique'],
  [
    'max parallelism',
    lines('version: 1', 'operators:', '  a:', '    maxParallelism: 40000'),
    '4:21: "40000" does not fit operators.a.maxParallelism; expected is: the number of key groups, 1 to 32768',
  ],
  [
    'uid unknown and no id',
    lines('version: 1', 'operators:', '  counts:', '    uid: ~'),
    '3:3: an operator without a uid is called by its id, 32 hex digits, but "counts" is given',
  ],
  [
    'one operator twice',
    lines('version: 1', 'operators:', '  counts: {}', '  again:', '    uid: counts'),
    '4:3: "again" and "counts" are one operator: both have the id 7968152a5bbe1581827fbee6788b6bd1',
  ],
  [
    'no key',
    lines(
      'version: 1',
      'operators:',
      '  a:',
      '    states:',
      '      s:',
      '        kind: value',
      '        value: long',
    ),
    '5:7: nothing tells the key of this state; write "key: TYPE" here or at its operator',
  ],
  ['no value', state('kind: value'), '6:7: nothing tells what this state holds; write "value: TYPE"'],
  [
    'value and serializer',
    state('kind: value', 'value: long', 'serializer: long'),
    '9:9: a state has a value or a serializer, but both are given',
  ],
  [
    'a list state that is none',
    state('kind: list', 'value: long'),
    '8:16: the value of state of kind list is list<TYPE>; write "serializer: TYPE" for a serializer of your own',
  ],
  [
    'a broadcast state that is no map',
    state('kind: broadcast', 'value: list<long>'),
    '8:16: the value of state of kind broadcast is map<TYPE, TYPE>; write "serializer: TYPE" for a serializer of your own',
  ],
  [
    'a key of operator state',
    state('kind: union-list', 'key: long', 'value: list<long>'),
    '8:9: state of kind union-list belongs to no key; take it out',
  ],
  [
    'a timer with a value',
    state('kind: timer', 'value: long'),
    '8:9: a timer holds nothing but its key and its namespace',
  ],
  [
    'TTL',
    state('kind: value', 'value: long', 'ttl: soon'),
    '9:14: "soon" is neither on nor off nor a duration; write it like 7 d',
  ],
  [
    'TTL of operator state',
    state('kind: union-list', 'value: list<long>', 'ttl: on'),
    '9:9: state of kind union-list has no TTL',
  ],
  [
    'two states of one name',
    lines(
      'version: 1',
      'operators:',
      '  op:',
      '    key: string',
      '    states:',
      '      s:',
      '        kind: value',
      '        value: long',
      '      t:',
      '        name: s',
      '        kind: list',
      '        value: list<int>',
    ),
    '9:7: "t" and "s" are both called "s"; two states of an operator need two names',
  ],
  ['unknown type', state('kind: value', 'value: lnog'), '8:16: "lnog" is no type; did you mean "long"'],
  [
    'a class for a type',
    state('kind: value', 'value: com.acme.Order'),
    '8:16: "com.acme.Order" is a class and no type; say what serializer it has: pojo CLASS { … }, enum CLASS(…), avro CLASS …, kryo CLASS',
  ],
  [
    'too few types',
    state('kind: value', 'value: map<string>'),
    '8:19: "map" is made of 2 types, but 1 is given',
  ],
  ['never closed', state('kind: value', 'value: list<tuple<int, long>'), '8:20: "<" is never closed'],
  [
    'something behind',
    state('kind: value', 'value: long long'),
    '8:21: the type ends here, but "long" is found behind it',
  ],
  [
    'inside a block',
    state(
      'kind: value',
      'value: |',
      '  pojo com.acme.Order {',
      '    id: long',
      '    total: desimal(10, 2)',
      '  }',
    ),
    '11:20: "desimal" is no type; did you mean "decimal"',
  ],
  [
    'inside a folded block',
    state('kind: value', 'value: >', '  pojo com.acme.Order {', '    id: long,', '    total: doubel }'),
    '11:20: "doubel" is no type; did you mean "double"',
  ],
  [
    'inside quotes',
    state('kind: value', 'value: "tuple<int, lnog>"'),
    '8:28: "lnog" is no type; did you mean "long"',
  ],
  [
    'a field twice',
    state('kind: value', 'value: |', '  pojo com.acme.Order {', '    id: long', '    id: int', '  }'),
    '11:13: the field "id" is there twice',
  ],
  [
    'no comma',
    state('kind: value', 'value: |', '  pojo com.acme.Order { id: long total: int }'),
    '9:42: a comma, a new line or "}" is expected, but "total" is found',
  ],
  [
    'a constant twice',
    state('kind: value', 'value: enum com.acme.Tier(FREE, FREE)'),
    '8:41: the constant "FREE" is there twice',
  ],
  [
    'SQL type',
    state('kind: value', 'value: rowdata<BIGNIT NOT NULL>'),
    '8:24: "BIGNIT" is no SQL type; did you mean BIGINT',
  ],
  [
    'SQL precision',
    state('kind: value', 'value: rowdata<DECIMAL(40, 2)>'),
    '8:32: the precision of a DECIMAL is a whole number within 0 and 38, but "40" is found',
  ],
  [
    'Avro is no JSON',
    state('kind: value', 'value: |', '  avro com.acme.X {"type": "record", "name": }'),
    '9:54: the schema is not JSON: "}" stands where a value should be',
  ],
  [
    'Avro without fields',
    state(
      'kind: value',
      'value: |',
      '  avro com.acme.X {',
      '    "type": "record",',
      '    "name": "X"',
      '  }',
    ),
    '9:27: the record "X" has no fields',
  ],
  [
    'Avro of an unknown type',
    state(
      'kind: value',
      'value: |',
      '  avro {"type": "record", "name": "X", "fields": [',
      '    {"name": "a", "type": "strnig"}]}',
    ),
    '10:35: the type "strnig" is not defined',
  ],
  [
    'no such file',
    state('kind: value', 'value: avro ./none.avsc'),
    '8:21: ./none.avsc cannot be read: there is no such file',
  ],
  [
    'a broken file',
    state('kind: value', 'value: avro ./bad.avsc'),
    '8:21: ./bad.avsc: the record "X" has no fields',
  ],
  [
    'base64',
    state('kind: value', 'value: serializer com.acme.S version 1 base64(a)'),
    '8:48: what stands in "base64(…)" is no base64',
  ],
  [
    'bytes of no snapshot',
    state(
      'kind: value',
      'value: serializer org.apache.flink.api.common.typeutils.base.ListSerializerSnapshot version 3 base64(AAAA)',
    ),
    '8:103: these bytes are no such snapshot: 4 bytes are needed but only 3 are left',
  ],
  [
    'a type of itself',
    lines('version: 1', 'types:', '  A: list<B>', '  B: list<A>', 'operators: {}'),
    '4:11: the type A is made of itself',
  ],
  [
    'a type that is one already',
    lines('version: 1', 'types:', '  long: int', 'operators: {}'),
    '3:3: "long" is a type already; take another name',
  ],
  [
    'Kryo entry',
    lines('version: 1', 'kryo:', '  - com.acme.A', 'operators: {}'),
    '3:5: "registered CLASS", "default CLASS with SERIALIZER" or "flink-avro" is expected',
  ],
  [
    'ignore without a reason',
    lines('version: 1', 'ignore:', '  - rule: x', 'operators: {}'),
    '3:5: ignore 1 lacks "reason"',
  ],
  [
    'ignore until no day',
    lines('version: 1', 'ignore:', '  - {rule: x, reason: y, until: "2026-02-30"}', 'operators: {}'),
    '3:33: "2026-02-30" is no day of the calendar; write it as YYYY-MM-DD',
  ],
];

describe('broken contracts', () => {
  for (const [what, text, message] of CASES) {
    test(what, async () => {
      await assert.rejects(readContract('job.state.yaml', text, beside), {
        code: 'BAD_DOCUMENT',
        message: `BAD_DOCUMENT at job.state.yaml:${message}`,
      });
    });
  }

  test('names for types cannot multiply one without end', async () => {
    const types = Array.from({ length: 60 }, (_, i) =>
      i === 0 ? '  T0: int' : `  T${i}: tuple<T${i - 1}, T${i - 1}>`,
    );
    const text = lines('version: 1', 'types:', ...types, 'operators: {}');
    await assert.rejects(readContract('job.state.yaml', text, beside), {
      message:
        'BAD_DOCUMENT at job.state.yaml:19:8: the type has 131071 serializers, but 100000 are the most',
    });
  });

  test('nesting without end is refused before the stack is full', async () => {
    for (const [open, close] of [
      ['list<', '>'],
      ['tuple<int, ', '>'],
      ['pojo A { a: ', ' }'],
      ['rowdata<ARRAY<', '>>'],
    ] as const) {
      const text = state('kind: value', `value: '${open.repeat(20_000)}int${close.repeat(20_000)}'`);
      await assert.rejects(readContract('job.state.yaml', text, beside), { code: 'BAD_DOCUMENT' });
    }
  });

  test('names that every object has mean nothing', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const text = state('kind: value', `value: ${name}`);
      await assert.rejects(readContract('job.state.yaml', text, beside), /is no type/);
      const known = await readContract(
        'job.state.yaml',
        lines('version: 1', 'operators:', `  ${name}: {}`),
        beside,
      );
      assert.deepEqual(
        known.operators.map(({ uid }) => uid),
        [name],
      );
    }
  });
});
