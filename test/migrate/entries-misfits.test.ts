import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import { parseType } from '@statewright/compat';
import { compileCodec, type SerializerSnapshot, toJson } from '@statewright/serializers';
import { fromJson, parseExact } from './entries-internals.js';

function typeOf(text: string): SerializerSnapshot {
  return parseType(text, {
    error: (_, reason) => new StatewrightError('INTERNAL', { reason }),
    file: '',
    named: () => undefined,
    names: [],
    readFile: () => '',
  });
}

/** Reads JSON text as a type, writes the value by its serializer and reads it again. */
function again(type: string, json: string): string {
  const snapshot = typeOf(type);
  const codec = compileCodec(snapshot);
  const output = new DataOutputView();
  codec.write(output, fromJson(snapshot)(parseExact(json)));
  return toJson(codec.read(new DataInputView(output.toBytes())));
}

function refusal(type: string, json: string): string {
  try {
    const made = again(type, json);
    return `made ${made}`;
  } catch (error) {
    if (!(error instanceof StatewrightError)) throw error;
    // Opaque bytes are taken as they are, and may be no value when they are read again.
    if (!json.includes('@opaque')) assert.equal(error.code, 'CANNOT_ENCODE');
    return error.message.replace('CANNOT_ENCODE ', '');
  }
}

const POJO = 'pojo com.acme.A { id: long, tags: list<string>, when: instant, price: bigdecimal }';
const AVRO = `avro {"type":"record","name":"R","fields":[{"name":"u","type":["null","string","int","double"]},{"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},{"name":"f","type":{"type":"fixed","name":"F","size":2}}]}`;

describe('JSON that is of its type', () => {
  const CASES: readonly (readonly [type: string, json: string, made?: string])[] = [
    ['long', '"-9223372036854775808"'],
    ['long', '9007199254740993', '"9007199254740993"'],
    ['long', '{"long":"5"}', '5'],
    ['int', '-2147483648'],
    ['double', '"NaN"'],
    ['double', '-0.0'],
    ['double', '1e21', '1e+21'],
    ['float', '0.1', '0.10000000149011612'],
    ['char', '"\\ud800"'],
    ['string', '"ünï"'],
    ['byte[]', '"00ff"'],
    ['int[]', '[1,-1]'],
    ['string[]', '["a",null]'],
    ['bigdecimal', '"1.20"'],
    ['bigdecimal', '"1E+3"'],
    ['bigdecimal', '7', '"7"'],
    ['biginteger', '"123456789012345678901234567890"'],
    ['decimal(10, 2)', '"1.2"', '"1.20"'],
    ['decimal(10, 2)', '3', '"3.00"'],
    ['instant', '"2026-02-28T23:59:59.000000001Z"'],
    ['instant', '"-1000-01-01T00:00:00Z"'],
    ['date', '"1969-12-31T23:59:59.999Z"'],
    ['local-date', '"2024-02-29"'],
    ['local-time', '"23:59"'],
    ['local-date-time', '"2024-02-29T12:00:00.5"', '"2024-02-29T12:00:00.500"'],
    ['timestamp(9)', '"2026-01-31T12:00:00.123456789"'],
    ['sql-timestamp', '{"Timestamp":1,"nanos":1000000}'],
    ['list<long?>', '[1,null]'],
    ['map<string, long>', '{"a":1}', '[["a",1]]'],
    ['map<int, string>', '[[1,"a"],[2,null]]'],
    ['map<int, string>', '[{"key":1,"value":"a"}]', '[[1,"a"]]'],
    ['set<int>', '[1,2]'],
    ['tuple<int, string>', '[1,"a"]'],
    ['row<int, string>', '[1,null]'],
    ['row<int, string>', '{"f0":1,"f1":"a"}', '[1,"a"]'],
    ['row<int>', '{"@kind":"-D","fields":[1]}'],
    ['either<int, string>', '{"right":"a"}'],
    ['enum com.acme.E(A, B)', '"B"'],
    [POJO, '{"id":1,"tags":["a"],"when":null,"price":null}'],
    [AVRO, '{"u":"a","e":"A","f":"00ff"}'],
    [AVRO, '{"u":{"union":[3,5]},"e":"A","f":"00ff"}', '{"u":5,"e":"A","f":"00ff"}'],
    [AVRO, '{"u":0.5,"e":"A","f":"00ff"}'],
    ['time-window', '{"start":0,"end":1000}'],
  ];
  for (const [type, json, made = json] of CASES) {
    test(`${type.slice(0, 40)}: ${json.slice(0, 60)}`, () => assert.equal(again(type, json), made));
  }
});

describe('JSON that is not', () => {
  const CASES: readonly (readonly [type: string, json: string, message: string])[] = [
    ['int', '2147483648', 'value: 2147483648 is found but an int is expected'],
    ['int', '1.5', 'value: 1.5 is found but an int is expected'],
    ['int', '"1"', 'value: "1" is found but an int is expected'],
    ['byte', '128', 'value: 128 is found but a byte is expected'],
    ['long', '9223372036854775808', 'value: "9223372036854775808" is found but a long is expected'],
    [
      'long',
      '1e20',
      'value: 100000000000000000000 is found but a long is expected; write a number beyond 2^53 as a string',
    ],
    ['double', '"one"', 'value: "one" is found but a double is expected'],
    ['double', '1e400', 'value: "1e400" is found but a double is expected'],
    ['float', '1e39', 'value: 1e+39 is found but a float is expected'],
    ['char', '"ab"', 'value: "ab" is found but a char, which is one UTF-16 unit is expected'],
    ['byte[]', '"0"', 'value: "0" is found but bytes in hex is expected'],
    [
      'bigdecimal',
      '0.1',
      'value: 0.1 is found but a decimal number is expected; write it as a string, since a double is not exact',
    ],
    ['decimal(4, 2)', '"100"', 'value: "100" is found but a DECIMAL(4, 2) is expected'],
    ['decimal(4, 2)', '"0.001"', 'value: "0.001" is found but a DECIMAL(4, 2) is expected'],
    [
      'local-date',
      '"2023-02-29"',
      'value: "2023-02-29" is found but a date such as "2026-01-31" is expected',
    ],
    [
      'instant',
      '"2026-01-31T12:00:00"',
      'value: "2026-01-31T12:00:00" is found but an instant such as "2026-01-31T12:00:00Z" is expected',
    ],
    ['enum com.acme.E(A, B)', '"C"', 'value: "C" is found but a constant of com.acme.E (A, B) is expected'],
    ['list<list<int>>', '[[1],[2,"3"]]', 'value [1][1]: "3" is found but an int is expected'],
    ['list<int>', '[null]', 'a value of type int is expected'],
    ['set<int>', '[1,1]', 'value: the element 1 is there twice'],
    ['map<string, int>', '[["a",1],["a",2]]', 'value: the key "a" is there twice'],
    ['map<string, list<int>>', '{"a b":[1,"x"]}', 'value ["a b"][1]: "x" is found but an int is expected'],
    ['tuple<int, int>', '[1]', 'value: [1] is found but a list of 2 is expected'],
    [POJO, '{"id":1,"tags":[],"when":null}', 'value: the field "price" is missing; write all fields'],
    [
      POJO,
      '{"id":1,"tags":[],"when":null,"prize":null,"price":null}',
      'value: there is no field "prize"; did you mean "price"',
    ],
    [
      POJO,
      '{"id":1,"tags":[1],"when":null,"price":null}',
      'value tags[0]: 1 is found but a string is expected',
    ],
    [
      POJO,
      '{"@class":"com.acme.B","id":1,"tags":[],"when":null,"price":null}',
      'value: "com.acme.B" is no subclass that the serializer of com.acme.A knows',
    ],
    [
      AVRO,
      '{"u":5,"e":"A","f":"00ff"}',
      'value u: it may be of int or double in the union of null, string, int, double; write {"union": [position of the branch, value]}',
    ],
    [
      AVRO,
      '{"u":[],"e":"A","f":"00ff"}',
      'value u: [] is found but a value of the union of null, string, int, double is expected',
    ],
    [AVRO, '{"u":null,"e":"C","f":"00ff"}', 'value e: "C" is found but a constant of E (A, B) is expected'],
    [AVRO, '{"u":null,"e":"A","f":"00"}', 'value f: "00" is found but hex of 2 bytes is expected'],
    [
      'kryo com.acme.K',
      '{"a":1}',
      'value: a value of kryo com.acme.K cannot be made from JSON; write {"@opaque": {"bytes": "hex"}}',
    ],
    ['void-namespace', '0', 'value: 0 is found but null is expected'],
  ];
  for (const [type, json, message] of CASES) {
    test(`${type.slice(0, 40)}: ${json.slice(0, 60)}`, () => {
      const found = refusal(type, json);
      assert.ok(found.includes(message), `${found}\nexpected: ${message}`);
    });
  }

  test('nesting without end is refused, and no stack overflows', () => {
    const type = 'avro {"type":"record","name":"N","fields":[{"name":"next","type":["null","N"]}]}';
    const nested = (depth: number) => `${'{"next":'.repeat(depth)}null${'}'.repeat(depth)}`;
    assert.equal(again(type, nested(50)), nested(50));
    assert.match(refusal(type, nested(5000)), /nests deeper/);
  });

  test('whatever JSON is read as whatever type: a value that can be written, or an error that says why', () => {
    const types = [
      'int',
      'long',
      'double',
      'string',
      'bigdecimal',
      'instant',
      'byte[]',
      'list<int>',
      'map<string, long>',
      'set<string>',
      'tuple<int, string>',
      'row<int, string>',
      'either<int, string>',
      POJO,
      AVRO,
      'enum com.acme.E(A, B)',
      'local-date',
      'sql-timestamp',
      'time-window',
      'void-namespace',
      'string[]',
      'long?',
    ];
    const values = [
      'null',
      '0',
      '-1',
      '1.5',
      '"a"',
      '"A"',
      '"00"',
      '"NaN"',
      '[]',
      '[1]',
      '[1,"a"]',
      '{}',
      '{"a":1}',
      '{"id":1}',
      '{"left":1}',
      '{"union":[1,"a"]}',
      '{"map":[["a",1]]}',
      '{"set":["a"]}',
      '{"long":"5"}',
      '{"@opaque":{"bytes":"00"}}',
      '{"@opaque":1}',
      '{"@kind":"+I","fields":[1,"a"]}',
      '{"__proto__":{"id":1}}',
      '{"@class":1}',
      'true',
      '"2026-01-31"',
      '[[1,2],[3,4]]',
      '[["a",1]]',
      '{"start":0,"end":1}',
    ];
    let made = 0;
    for (const type of types) {
      for (const json of values) if (refusal(type, json).startsWith('made ')) made++;
    }
    assert.ok(made > 50, `${made} of ${types.length * values.length}`);
  });
});

describe('JSON text with numbers that a double would round', () => {
  test('they become strings, and texts stay as they are', () => {
    const text = String.raw`{"a":9007199254740993,"b":"9007199254740993","c":-12345678901234567890,"d":1e400,"e":[0.12345678901234566,1e22],"f":"\\\"1234567890123456","1234567890123456":1}`;
    assert.deepEqual(parseExact(text), {
      a: '9007199254740993',
      b: '9007199254740993',
      c: '-12345678901234567890',
      d: '1e400',
      e: [0.12345678901234566, 1e22],
      f: '\\"1234567890123456',
      1234567890123456: 1,
    });
  });

  test('long texts cost no more than their length', () => {
    const long = '\\"x'.repeat(4_000_000);
    const made = parseExact(`{"text":"${long}","n":1234567890123456789}`) as { text: string; n: unknown };
    assert.equal(made.text.length, 8_000_000);
    assert.equal(made.n, '1234567890123456789');
  });

  test('what is no JSON is none', () => {
    for (const text of ['"1234567890123456', '{1234567890123456', '1234567890123456,', '01234567890123456']) {
      assert.throws(() => parseExact(text), SyntaxError, text);
    }
  });
});
