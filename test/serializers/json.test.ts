import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataInputView } from '@statewright/bytes';
import {
  AvroUnionValue,
  BigDecimalValue,
  compileCodec,
  EitherValue,
  jsonOrder,
  MapValue,
  RecordValue,
  RowValue,
  readSerializerSnapshot,
  SetValue,
  TimerValue,
  TimeValues,
  TimeWindowValue,
  TtlValue,
  toJson,
  toTypedJson,
} from '@statewright/serializers';
import { valuesNamed } from './flink-values.js';

const PLAIN: readonly (readonly [string, unknown, string])[] = [
  [
    'a record with the name of an object key',
    record(['__proto__', 'a"b'], [1, 2]),
    '{"__proto__":1,"a\\"b":2}',
  ],
  [
    'an instance of a subclass',
    new RecordValue({ className: 'B', names: ['x'] }, [1], 'B'),
    '{"@class":"B","x":1}',
  ],
  ['a subclass without fields', new RecordValue({ className: 'B', names: [] }, [], 'B'), '{"@class":"B"}'],
  ['a row with names', new RowValue(0, [1, null], ['a', 'b']), '{"a":1,"b":null}'],
  ['a row with names and a kind', new RowValue(1, [1], ['a']), '{"@kind":"-U","a":1}'],
  ['a row without names', new RowValue(0, [1, 'x']), '[1,"x"]'],
  ['a row without fields, deleted', new RowValue(3, []), '{"@kind":"-D","fields":[]}'],
  ['a set, sorted by text', new SetValue([10, 9, 'a']), '["a",10,9]'],
  [
    'a map, sorted by text',
    new MapValue([
      ['b', 1],
      ['a', 2],
      ['a!', 3],
    ]),
    '[["a!",3],["a",2],["b",1]]',
  ],
  ['a union', new AvroUnionValue(2, 0.5), '0.5'],
  ['an Either', new EitherValue('left', null), '{"left":null}'],
  ['a window', new TimeWindowValue(0n, 9223372036854775807n), '{"start":0,"end":"9223372036854775807"}'],
  ['a TTL wrapper', new TtlValue(5n, 'v'), '{"lastAccess":5,"value":"v"}'],
  ['a timer', new TimerValue(5n, 'k', null), '{"timestamp":5,"key":"k","namespace":null}'],
  [
    'SQL timestamps drop seconds that are 0',
    new TimeValues.TimestampDataValue(60_000n, 0),
    '"1970-01-01T00:01"',
  ],
  [
    'SQL timestamps keep nanoseconds',
    new TimeValues.TimestampDataValue(-1n, 1),
    '"1969-12-31T23:59:59.999000001"',
  ],
  ['bytes', Uint8Array.of(0, 255), '"00ff"'],
  ['a decimal', new BigDecimalValue(-5n, 12), '"-5E-12"'],
];

function record(names: readonly string[], fields: readonly unknown[]): RecordValue {
  return new RecordValue({ className: 'A', names }, fields);
}

describe('plain JSON', () => {
  for (const [name, value, json] of PLAIN) test(name, () => assert.equal(toJson(value), json));

  test('gives the order that it sorts into', () => {
    const map = new MapValue([
      ['b', 1],
      ['a', 2],
      ['a!', 3],
    ]);
    assert.deepEqual(jsonOrder(map), [2, 1, 0]);
    assert.deepEqual(jsonOrder(new SetValue(['x', 'x'])), [0, 1]);
  });

  test('refuses what is no decoded value', () => {
    assert.throws(() => toJson(undefined), TypeError);
    assert.throws(() => toJson({ a: 1 }), TypeError);
  });
});

const TYPED: readonly (readonly [string, string])[] = [
  ['long', '{"long":"0"}'],
  ['float', '{"float":"0.10000000149011612"}'],
  ['char', '{"char":"x"}'],
  ['string', 'null'],
  ['BigDecimal', '{"bigdecimal":"12.34"}'],
  ['Instant', '{"instant":"1970-01-01T00:00:00Z"}'],
  ['sql.Date', '{"Date":1580382960000}'],
  ['byte[]', '{"byte[]":"00ff7f"}'],
  ['long[]', '{"long[]":["-9223372036854775808"]}'],
  ['String[]', '["a",null,""]'],
  ['Map', '{"map":[["zeta",{"int":"1"}],["alpha",null],["aé",{"int":"-3"}]]}'],
  ['Tuple3', '[true,{"double":"-0.5"},[{"int":"3"},{"char":"c"}]]'],
  ['Row', '[{"int":"1"},"x"]'],
  ['Either', '{"left":"l"}'],
  ['Nullable', '{"long":"5"}'],
  ['Ttl', '{"lastAccess":1580382960123,"value":"v"}'],
  ['Timer', '{"timestamp":-5,"key":"k","namespace":{"start":1,"end":2}}'],
  [
    'SharedBufferNode',
    '{"edges":[{"refCounter":{"int":"0"},"element":{"target":{"eventId":{"id":{"int":"3"},"timestamp":{"long":"-4"}},' +
      '"pageName":"page"},"deweyNumber":{"deweyNumber":{"int[]":["1","1"]}}}}]}',
  ],
  [
    'Pojo',
    '{"address":{"number":{"int":"5"},"street":"Main"},"age":{"int":"30"},"balance":{"long":"1152921504606846976"},' +
      '"color":"GREEN","name":"Ann","scores":{"long[]":["1","2"]}}',
  ],
];

describe('JSON with types', () => {
  for (const [name, json] of TYPED) {
    test(name, () => {
      const { snapshot: bytes, data } = valuesNamed(name)[0]!;
      const snapshot = readSerializerSnapshot(new DataInputView(bytes));
      assert.equal(toTypedJson(compileCodec(snapshot).read(new DataInputView(data)), snapshot), json);
    });
  }
});
