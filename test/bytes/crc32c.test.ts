import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combineCrc32c, crc32c } from '@statewright/bytes';
import fc from 'fast-check';

test('the sum of "123456789" is that of the standard', () => {
  assert.equal(crc32c(new TextEncoder().encode('123456789')), 0xe3069283);
});

test('sums of two pieces combine to the sum of both, whatever their lengths', () => {
  const bytes = fc.uint8Array({ maxLength: 5000 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const both = new Uint8Array([...a, ...b]);
      assert.equal(combineCrc32c(crc32c(a), crc32c(b), b.length), crc32c(both));
    }),
    { seed: 4, numRuns: 200 },
  );
  const [head, rest] = [new Uint8Array(3_000_001).fill(7), new Uint8Array(1 << 20).fill(9)];
  const both = new Uint8Array(head.length + rest.length);
  both.set(head);
  both.set(rest, head.length);
  assert.equal(combineCrc32c(crc32c(head), crc32c(rest), rest.length), crc32c(both));
});
