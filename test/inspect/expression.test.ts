import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileExpression } from '@statewright/inspect';
import {
  BigDecimalValue,
  MapValue,
  Opaque,
  RecordValue,
  RowValue,
  TimeValues,
} from '@statewright/serializers';

async function evaluate(text: string, value: unknown): Promise<unknown> {
  const result = (await compileExpression(text, ['value'], { kind: 'value' })).evaluate({ value });
  if ('failed' in result) return `failed: ${result.failed}`;
  return result.value;
}

const record = (names: string[], fields: unknown[], subclass?: string) =>
  new RecordValue({ className: 'X', names }, fields, subclass);

describe('expressions that give values', () => {
  test('say which names they use', async () => {
    const compiled = await compileExpression('a + value.b', ['a', 'b', 'value'], { kind: 'value' });
    assert.deepEqual(compiled.names.toSorted(), ['a', 'b', 'value']);
    assert.deepEqual((await compileExpression('a', ['a', 'b'], { kind: 'value' })).names, ['a']);
  });

  test('long stays exact, int and double calculate', async () => {
    assert.equal(await evaluate('value + 1', 9007199254740993n), 9007199254740994n);
    assert.equal(await evaluate('value / 2', 5), 2.5);
    assert.equal(await evaluate('value / 2', 5n), 2n);
    assert.match(String(await evaluate('value + 1', (1n << 63n) - 1n)), /^failed/);
  });

  test('a BigDecimal is a text, and nothing of it is rounded', async () => {
    assert.equal(await evaluate('value', new BigDecimalValue(1200n, 3)), '1.200');
    assert.equal(await evaluate('double(value) * 2.0', new BigDecimalValue(1200n, 3)), 2.4);
  });

  test('what CEL has no form of comes back as it was', async () => {
    const instant = new TimeValues.InstantValue(1n, 7);
    const opaque = new Opaque(
      Uint8Array.of(1),
      { file: '', start: 0, end: 1 },
      'why',
      undefined,
      'KryoSerializer',
    );
    const dog = record(['legs'], [4], 'Dog');
    const deleted = new RowValue(3, [1], ['a']);
    for (const value of [instant, opaque, dog, deleted]) {
      assert.equal(await evaluate('value', value), value);
      assert.deepEqual(await evaluate('[value]', value), [value]);
      assert.deepEqual(
        await evaluate('{"a": {"b": value}}', value),
        new Map([['a', new Map([['b', value]])]]),
      );
    }
  });

  test('objects become Maps, whatever their keys', async () => {
    const made = await evaluate('{"toString": value, "valueOf": 1}', 'x');
    assert.deepEqual(
      made,
      new Map<string, unknown>([
        ['toString', 'x'],
        ['valueOf', 1n],
      ]),
    );
    await assert.rejects(evaluate('{"__proto__": value}', 'x'), /cannot have the member "__proto__"/);
    assert.match(String(await evaluate('value.constructor', record(['a'], [1]))), /^failed/);
  });

  test('maps by their keys, or as pairs where CEL has no such keys', async () => {
    const byText = new MapValue([['a', 1n]]);
    assert.equal(await evaluate('value.a + 1', byText), 2n);
    assert.deepEqual(await evaluate('value', byText), new Map([['a', 1n]]));
    const byNull = new MapValue([[null, 1n]]);
    assert.equal(await evaluate('value[0].value', byNull), 1n);
  });

  test('what is no expression is said with the names there are', async () => {
    await assert.rejects(compileExpression('val', ['value'], { kind: 'map-values' }), {
      code: 'USAGE',
      message: /map-values: "val" is no expression in CEL.*its names are value$/,
    });
    await assert.rejects(
      compileExpression('1 + 1', ['value'], { kind: 'where', condition: true }),
      /not bool/,
    );
  });
});
