import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from '../property.js';
import { type Edited, type Entry, memorySavepoint, STRING_VALUE } from './diff-bytes.js';
import { exportedKeys } from './exported-keys.js';

/* Exported lines are in the order of their key bytes, whatever the keys. */

/** As Flink writes a string: one more than its length, then its characters; so that of two keys the shorter one is first. */
function keyBytes(key: string): Buffer {
  return Buffer.from([key.length + 1, ...Buffer.from(key, 'latin1')]);
}

function content(keys: readonly string[]): Edited {
  const entries = keys.map((key): Entry => ({ state: STRING_VALUE, key, value: 'x' }));
  return { layout: 'canonical', groups: [[0, entries]] };
}

function sortedByBytes(keys: readonly string[]): string[] {
  return [...keys].sort((a, b) => Buffer.compare(keyBytes(a), keyBytes(b)));
}

describe('rows are sorted by the bytes of their keys', () => {
  test('random keys that often begin alike', async () => {
    const letters = fc.constantFrom('a', 'b', '\u0000', '\u007f', 'zzzzz', 'abcd');
    const key = fc.array(letters, { maxLength: 8 }).map((parts) => parts.join(''));
    const property = fc.asyncProperty(fc.uniqueArray(key, { maxLength: 200 }), async (keys) => {
      if (keys.length === 0) return;
      const found = await exportedKeys(await memorySavepoint(content(keys)));
      assert.deepEqual(found, sortedByBytes(keys));
    });
    await fc.assert(property, { numRuns: 200 });
  });

  test('many keys of one length, in no order', async () => {
    const keys = Array.from({ length: 5000 }, (_, i) => `user-${String((i * 7919) % 5000).padStart(9, '0')}`);
    assert.deepEqual(await exportedKeys(await memorySavepoint(content(keys))), sortedByBytes(keys));
  });
});
