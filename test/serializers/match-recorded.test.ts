import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MapValue, RecordValue, RowValue, SetValue, TtlValue } from '@statewright/serializers';
import { mismatch } from './match-recorded.js';
import { parseRecorded } from './recorded-value.js';

/** A recorded value, the value it is, and values that it is not. */
const CASES: readonly (readonly [string, unknown, readonly unknown[]])[] = [
  ['Long 42', 42n, [43n, 42, '42', null]],
  ['"a"', 'a', ['b', null, ['a']]],
  ['null', null, ['null', 0]],
  ['Float 123.456', Math.fround(123.456), [123.5]],
  [
    'ArrayList["Apache", "Flink", ]',
    ['Apache', 'Flink'],
    [['Flink', 'Apache'], ['Apache'], ['Apache', 'Flink', '']],
  ],
  ['HashSet["a", "b", ]', new SetValue(['b', 'a']), [new SetValue(['b', 'c']), new SetValue(['a'])]],
  [
    'HashMap{Integer 0="0"; }',
    new MapValue([[0, '0']]),
    [new MapValue([[0, '1']]), new MapValue([[1, '0']])],
  ],
  [
    'Tuple3("x", "y", Integer 14)',
    ['x', 'y', 14],
    [
      ['x', 'y', 15],
      ['y', 'x', 14],
    ],
  ],
  ['org.apache.flink.types.Row: +I[null, 42]', new RowValue(0, [null, 42]), [new RowValue(1, [null, 42])]],
  ['Dog{name="Hasso"; age=Integer 7; }', dog('Hasso', 7), [dog('Hasso', 8), dog('Hassi', 7)]],
  [
    'x.TtlValue{userValue="v"; lastAccessTimestamp=Long 13; }',
    new TtlValue(13n, 'v'),
    [new TtlValue(14n, 'v')],
  ],
  ['Map("Apache" -> 0)', [['Apache', 0]], [[['Apache', 1]]]],
];

function dog(name: string, age: number): RecordValue {
  return new RecordValue({ className: 'a.Dog', names: ['age', 'name'] }, [age, name]);
}

for (const [text, value, others] of CASES) {
  test(`the recorded ${text} is that value and no other`, () => {
    assert.equal(mismatch(parseRecorded(text), value), undefined);
    for (const other of others) assert.notEqual(mismatch(parseRecorded(text), other), undefined);
  });
}
