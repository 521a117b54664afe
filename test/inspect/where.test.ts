import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StatewrightError } from '@statewright/bytes';
import { compileWhere, type Verdict } from '@statewright/inspect';
import type { StateEntry } from '@statewright/savepoint';
import {
  BigDecimalValue,
  MapValue,
  Opaque,
  RecordValue,
  RowValue,
  SetValue,
  TimeValues,
  TimeWindowValue,
} from '@statewright/serializers';

function entry(parts: Partial<StateEntry>): StateEntry {
  const operator = { id: '0'.repeat(32), uid: 'op' };
  const state = { operator, name: 'counts', kind: 'value' };
  const base = {
    state,
    keyGroup: 3,
    subtask: 1,
    key: 'k',
    namespace: null,
    value: 1,
    keyBytes: 2,
    valueBytes: 4,
  };
  return { ...base, ttl: undefined, span: { file: '', start: 0, end: 0 }, ...parts } as unknown as StateEntry;
}

async function verdict(expression: string, parts: Partial<StateEntry> = {}): Promise<Verdict> {
  return (await compileWhere(expression))(entry(parts));
}

const record = (names: string[], fields: unknown[]) => new RecordValue({ className: 'X', names }, fields);

describe('--where', () => {
  test('ints, longs and doubles compare and calculate with each other', async () => {
    for (const value of [5, 5n]) {
      for (const expression of [
        'value == 5',
        'value + 1 > 5.5',
        'value * 2.0 == 10.0',
        'value % 2 == 1',
        '10 / value == 2',
        '10.0 / value == 2',
      ]) {
        assert.equal(await verdict(expression, { value }), true, `${expression} of a ${typeof value}`);
      }
    }
  });

  test('a long beyond 2^53 stays exact', async () => {
    assert.equal(await verdict('value == 9007199254740993', { value: 9007199254740993n }), true);
    assert.equal(await verdict('value == 9007199254740992', { value: 9007199254740993n }), false);
  });

  test('fields, lists, maps, sets, rows and windows', async () => {
    const value = record(['tags', 'home'], [['a', 'b'], record(['city'], ['Oslo'])]);
    assert.equal(await verdict('"b" in value.tags && value.home.city == "Oslo"', { value }), true);
    const map = new MapValue([
      ['x', 1],
      ['y', 2],
    ]);
    assert.equal(await verdict('value["y"] == 2 && value.size() == 2 && "x" in value', { value: map }), true);
    const byNumber = new MapValue([[7, 'seven']]);
    assert.equal(await verdict('value[7] == "seven"', { value: byNumber }), true);
    assert.equal(await verdict('value.exists(e, e == 3)', { value: new SetValue([1, 3]) }), true);
    assert.equal(await verdict('value.a == 1', { value: new RowValue(0, [1], ['a']) }), true);
    assert.equal(await verdict('value[0] == 1', { value: new RowValue(0, [1]) }), true);
    assert.equal(await verdict('ns.start < 10', { namespace: new TimeWindowValue(5n, 15n) }), true);
    assert.equal(await verdict('value > 1.2', { value: new BigDecimalValue(125n, 2) }), true);
  });

  test('an instant is a timestamp', async () => {
    const value = new TimeValues.InstantValue(1_700_000_000n, 0);
    assert.equal(await verdict('value > timestamp("2023-01-01T00:00:00Z")', { value }), true);
  });

  test('the place of an entry', async () => {
    const expression =
      'uid == "op" && state == "counts" && keyGroup == 3 && subtask == 1 && keyBytes + valueBytes == 6';
    assert.equal(await verdict(expression), true);
  });

  test('what cannot be decided says why, and is neither true nor false', async () => {
    assert.deepEqual(await verdict('value.missing == 1', { value: record(['a'], [1]) }), {
      failed: 'No such key: missing',
    });
    assert.deepEqual(await verdict('value', { value: 'text' }), {
      failed: 'the result is neither true nor false',
    });
    const opaque = new Opaque(
      new Uint8Array(2),
      { file: '', start: 0, end: 2 },
      'closed',
      undefined,
      'KryoSerializer',
    );
    assert.equal(typeof (await verdict('value.x == 1', { value: opaque })), 'object');
  });

  test('a name of a snapshot is never a property of an object', async () => {
    const value = record(['__proto__', 'constructor'], [1, 2]);
    assert.equal(await verdict('value.__proto__ == 1 && value.constructor == 2', { value }), true);
    for (const name of ['constructor', '__proto__', 'toString']) {
      assert.equal(
        typeof (await verdict(`value.${name} == 1`, { value: record(['a'], [1]) })),
        'object',
        name,
      );
    }
  });

  test('what is no condition is refused before anything is read', async () => {
    for (const expression of ['value >', 'process.exit(0)', '1 + 1', 'namespace == 1', 'unknown == 1']) {
      await assert.rejects(
        compileWhere(expression),
        (error: StatewrightError) => error.code === 'USAGE',
        expression,
      );
    }
  });
});
