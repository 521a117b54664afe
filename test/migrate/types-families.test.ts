import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DataInputView, DataOutputView } from '@statewright/bytes';
import { printType } from '@statewright/compat';
import {
  compileCodec,
  EitherValue,
  MapValue,
  Opaque,
  RecordValue,
  RowValue,
  type SerializerSnapshot,
  SetValue,
  TtlValue,
  toJson,
} from '@statewright/serializers';
import { changeType, openSafely, rewritten } from './types-internals.js';
import { type } from './types-run.js';

/* Every serializer that has others inside is put together again when those change: here ints become longs, plus one. */

const INT = type('int').className;
const LONG = type('long');

function change(text: string) {
  const old = type(text);
  const changed = changeType(old, (node: SerializerSnapshot) =>
    node.className === INT ? rewritten(LONG, () => (value) => BigInt(value as number) + 1n) : undefined,
  );
  const convert = openSafely(changed, old)!({ count: () => {} });
  return { snapshot: changed.snapshot, convert };
}

/** The value by the new serializer's own writer and reader. */
function again(snapshot: SerializerSnapshot, value: unknown): string {
  const codec = compileCodec(snapshot);
  const output = new DataOutputView();
  codec.write(output, value);
  const input = new DataInputView(output.toBytes(), 'again');
  const read = codec.read(input);
  input.expectEnd('value');
  return toJson(read);
}

const record = (names: string[], ...fields: unknown[]) =>
  new RecordValue({ className: undefined, names }, fields);
const SINK = record(
  ['pendingTransaction', 'pendingCommitTransactions', 'context'],
  record(['handle', 'time'], 1, 5n),
  [record(['handle', 'time'], 2, 6n)],
  3,
);

const CASES: readonly (readonly [type: string, value: unknown, json: string])[] = [
  ['list<int>', [1, 2], '[2,3]'],
  ['array-list<int>', [1], '[2]'],
  ['array java.lang.Integer<int>', [1, null], '[2,null]'],
  ['traversable code<int>', [1, null], '[2,null]'],
  ['linked-list<int>', [1, null], '[2,null]'],
  ['set<int>', new SetValue([1, null]), '[2,null]'],
  [
    'map<int, int>',
    new MapValue([
      [1, 2],
      [3, null],
    ]),
    '[[2,3],[4,null]]',
  ],
  ['map<string, int>', new MapValue([['a', 2]]), '[["a",3]]'],
  ['map<int, string>', new MapValue([[1, 'a']]), '[[2,"a"]]'],
  ['null-aware-map<int, int>', new MapValue([[null, 2]]), '[[null,3]]'],
  ['tuple<int, string, int>', [1, 'x', 2], '[2,"x",3]'],
  ['row<int, string>', new RowValue(0, [1, null]), '[2,null]'],
  ['either<int, string>', new EitherValue('left', 1), '{"left":2}'],
  ['either<int, string>', new EitherValue('right', 'x'), '{"right":"x"}'],
  ['tagged-union<int, string>', new EitherValue('left', 1), '{"left":2}'],
  ['int?', 1, '2'],
  ['int?', null, 'null'],
  ['option<int>', 1, '2'],
  ['single-thread<int>', 1, '2'],
  ['ttl<int>', new TtlValue(9n, 1), '{"lastAccess":9,"value":2}'],
  ['ttl-v2<int>', new TtlValue(9n, 1), '{"lastAccess":9,"value":2}'],
  ['case-class a.C<int, string>', record(['_1', '_2'], 1, 'x'), '{"_1":2,"_2":"x"}'],
  ['buffer-entry<int>', record(['hasBeenJoined', 'element'], true, 1), '{"hasBeenJoined":true,"element":2}'],
  ['lockable<int>', record(['refCounter', 'element'], 7, 1), '{"refCounter":7,"element":2}'],
  [
    'two-phase-commit<int, int>',
    SINK,
    '{"pendingTransaction":{"handle":2,"transactionStartTime":5},"pendingCommitTransactions":[{"handle":3,"transactionStartTime":6}],"context":4}',
  ],
  ['list-view<list<int>>', [1], '[2]'],
  ['map-view<map<string, int>>', new MapValue([['a', 1]]), '[["a",2]]'],
  ['pojo a.P { n: int, s: string }', record(['n', 's'], null, 'x'), '{"n":null,"s":"x"}'],
  ['map<string, list<pojo a.P { n: int }>>', new MapValue([['k', [record(['n'], 1)]]]), '[["k",[{"n":2}]]]'],
];

describe('types around a type that changes', () => {
  for (const [text, value, json] of CASES) {
    it(`${text} takes ${toJson(value)} along`, () => {
      const { snapshot, convert } = change(text);
      assert.equal(printType(snapshot), text.replaceAll(/\bint\b/g, 'long'));
      assert.equal(again(snapshot, convert(value)), json);
    });
  }

  it('convert instances of subclasses by what those are', () => {
    const sub = (name: string) => `pojo a.${name} { a.P#n: int, own: int }`;
    const { snapshot, convert } = change(
      `pojo a.P { n: int, registered subclass ${sub('R')}, subclass ${sub('S')} }`,
    );
    const names = { className: 'a.R', names: ['n', 'own'] };
    for (const subclass of ['a.R', 'a.S']) {
      const json = again(snapshot, convert(new RecordValue(names, [1, 2], subclass)));
      assert.equal(json, `{"@class":"${subclass}","n":2,"own":3}`);
    }
  });

  it('refuse values that could not be read, and say why', () => {
    const { convert } = change('pojo a.P { n: int }');
    const opaque = new Opaque(
      Uint8Array.of(1),
      { file: 'f', start: 0, end: 1 },
      'nobody knows',
      'a.Q',
      'KryoSerializer',
    );
    assert.throws(() => convert(opaque), {
      code: 'CANNOT_ENCODE',
      message: /pojo a\.P is not readable: nobody knows/,
    });
  });

  it('are refused where a Java object beside them would still name the old type', () => {
    const inner = type('raw<int>');
    const rule = (node: SerializerSnapshot) =>
      node.className === INT ? rewritten(LONG, () => (value) => value) : undefined;
    assert.throws(() => changeType(inner, rule), {
      code: 'NOT_SUPPORTED',
      message: /would still name the old type/,
    });
  });

  it('pad nulls to the length of the new type', () => {
    const { snapshot, convert } = change('nullable(4)<int>');
    assert.equal(printType(snapshot), 'nullable(8)<long>');
    assert.equal(again(snapshot, convert(null)), 'null');
  });

  it('are the same objects where nothing inside changes', () => {
    const old = type('map<string, list<pojo a.P { s: string }>>');
    assert.equal(changeType(old, () => undefined).snapshot, old);
  });
});
