import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataInputView, StatewrightError } from '@statewright/bytes';
import { toJson } from '@statewright/serializers';
import fc from '../property.js';
import { KRYO_LINES, kryoCases, readerOf } from './kryo-cases.js';

/* Damaged values end with an error that has a place, and never with a hang, a crash or memory without bounds. */

/** Reads damaged bytes: whether they still are a value. Anything thrown but a typed error with a place is passed on. */
function survives(read: (input: DataInputView) => unknown, bytes: Uint8Array): boolean {
  try {
    toJson(read(new DataInputView(bytes, 'case')));
    return true;
  } catch (error) {
    if (error instanceof StatewrightError && error.code !== 'INTERNAL') {
      assert.ok(error.span !== undefined || error.code === 'NOT_SUPPORTED', error.message);
      return false;
    }
    throw error;
  }
}

for (const [flink, generation] of KRYO_LINES) {
  const cases = kryoCases(flink, generation).filter(({ kind }) => kind !== 'REFUSED');

  test(`Kryo ${generation}: a value that is cut anywhere is an error`, () => {
    for (const one of cases) {
      const read = readerOf(one);
      for (let length = 0; length < one.bytes.length; length += length < 2000 ? 1 : 97) {
        assert.equal(survives(read, one.bytes.subarray(0, length)), false, `${one.id} cut to ${length}`);
      }
    }
  });

  test(`Kryo ${generation}: flipped bits are another value or an error`, () => {
    const readers = cases.map((one) => ({ one, read: readerOf(one) }));
    const flip = fc.tuple(
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(flip, ([choice, flips]) => {
        const { one, read } = readers[choice % readers.length]!;
        const bytes = Uint8Array.from(one.bytes);
        for (const [at, mask] of flips) bytes[at % bytes.length]! ^= mask;
        survives(read, bytes);
      }),
      { numRuns: 5000 },
    );
  });
}

test('sharing cannot multiply a small value without end', () => {
  // Lists of two references to the list before: 2^40 objects when each counts.
  const [one] = kryoCases('2.3', 5).filter(({ id }) => id === 'shared-list');
  const nested: number[] = [];
  for (let depth = 0; depth <= 40; depth++) nested.push(87, 1, 3);
  nested.push(87, 1, 1);
  for (let depth = 40; depth >= 0; depth--) nested.push(87, depth + 3);
  const input = new DataInputView(Uint8Array.from(nested));
  assert.throws(() => readerOf(one!)(input), /BAD_LENGTH .* more than 16777216 objects/);
});

test('a list of so many nulls that memory ends is an error', () => {
  const [one] = kryoCases('2.3', 5).filter(({ id }) => id === 'list-nulls');
  const input = new DataInputView(Uint8Array.from([87, 1, 0xff, 0xff, 0xff, 0xff, 0x07, 0]));
  assert.throws(() => readerOf(one!)(input), /BAD_LENGTH/);
});

test('lists in lists beyond what anybody reads are an error', () => {
  const [one] = kryoCases('1.20', 2).filter(({ id }) => id === 'list-nulls');
  const bytes = new Uint8Array(300_000);
  for (let at = 0; at < bytes.length; at += 3) bytes.set([87, 1, 1], at);
  assert.throws(() => readerOf(one!)(new DataInputView(bytes)), /TOO_DEEP/);
});
