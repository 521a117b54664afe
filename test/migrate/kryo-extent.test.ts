import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { DataInputView } from '@statewright/bytes';
import { kryoExtent } from '@statewright/migrate';
import { KRYO_LINES, kryoCases } from './kryo-cases.js';

/* Where a value ends when nobody says what its classes are. */

for (const [flink, generation] of KRYO_LINES) {
  const cases = new Map(kryoCases(flink, generation).map((one) => [one.id, one]));

  test(`Kryo ${generation}: the end of a value of known classes is found in front of others`, () => {
    for (const id of ['HashMap-mixed', 'list-deep', 'text-mixed-4097', 'uuid', 'tree-set', 'array-object']) {
      const one = cases.get(id)!;
      const input = new DataInputView(Buffer.concat([one.bytes, one.bytes]));
      const extent = kryoExtent(one);
      assert.deepEqual(extent(input), { end: one.bytes.length }, id);
      assert.deepEqual(extent(input), { end: 2 * one.bytes.length }, id);
    }
  });

  test(`Kryo ${generation}: a class without a layout has no end`, () => {
    const input = new DataInputView(cases.get('profile')!.bytes);
    const extent = kryoExtent(cases.get('profile')!)(input);
    assert.match(
      'unknown' in extent ? extent.unknown : '',
      /Model\$Profile is in the stream, but neither a layout/,
    );
    assert.equal(input.pos, 0);
  });

  test(`Kryo ${generation}: a serializer of the job's own is named`, () => {
    const one = cases.get('avro-array')!;
    const extent = kryoExtent(one)(new DataInputView(one.bytes));
    assert.match(
      'unknown' in extent ? extent.unknown : '',
      /GenericData\$Array is written by org\.apache\.flink\./,
    );
  });
}
