import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataInputView, StatewrightError } from '@statewright/bytes';
import { toJson } from '@statewright/serializers';
import { KRYO_LINES, type KryoCase, kryoCases, readerOf } from './kryo-cases.js';

/*
 * Values that real KryoSerializers of Flink 1.20 and 2.3 wrote, and what Java's reflection says they are.
 */

/** What reading a case gives: its JSON, and whether all bytes are used; or the error's code. */
function outcome(one: KryoCase): unknown {
  try {
    const input = new DataInputView(one.bytes, 'case');
    const value = JSON.parse(toJson(readerOf(one)(input)));
    return { value, left: input.remaining };
  } catch (error) {
    if (error instanceof StatewrightError) return error.code === 'NOT_SUPPORTED' ? 'refused' : error.message;
    throw error;
  }
}

for (const [flink, generation] of KRYO_LINES) {
  const cases = kryoCases(flink, generation);

  test(`Kryo ${generation}: every value of Flink ${flink} is read to its last byte`, () => {
    assert.ok(cases.length >= 250, `${cases.length} cases`);
    const wrong: string[] = [];
    for (const one of cases) {
      const expected = one.kind === 'REFUSED' ? 'refused' : { value: one.value, left: 0 };
      const actual = outcome(one);
      try {
        assert.deepEqual(actual, expected);
      } catch {
        wrong.push(`${one.id}: ${JSON.stringify(actual)} but ${JSON.stringify(expected)}`.slice(0, 600));
      }
    }
    assert.deepEqual(wrong, []);
  });
}
