import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataInputView, DataOutputView } from '@statewright/bytes';
import {
  compileCodec,
  describeSerializer,
  readSerializerSnapshot,
  toJson,
  toTypedJson,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { FLINK_LINES, type FlinkValue, flinkValues } from './flink-values.js';

for (const flink of FLINK_LINES) {
  describe(`values written by Flink ${flink}`, () => {
    for (const value of flinkValues(flink))
      test(`${value.name} ${value.json?.slice(0, 40) ?? ''}`, () => check(value));
  });
}

function check(value: FlinkValue): void {
  const input = new DataInputView(value.snapshot);
  const snapshot = readSerializerSnapshot(input);
  input.expectEnd('serializer snapshot');
  const again = new DataOutputView();
  writeSerializerSnapshot(again, snapshot);
  assert.deepEqual(again.toBytes(), value.snapshot);

  const codec = compileCodec(snapshot);
  const data = new DataInputView(value.data);
  const decoded = codec.read(data);
  data.expectEnd('value');
  if (codec.length >= 0 && value.name !== 'VoidNamespace') assert.equal(codec.length, value.data.length);
  assert.ok((codec.minLength ?? 0) <= value.data.length, `minLength ${codec.minLength}`);

  const output = new DataOutputView();
  codec.write(output, decoded);
  assert.deepEqual(output.toBytes(), value.data);

  data.pos = 0;
  codec.skip(data);
  data.expectEnd('skipped value');

  if (value.json !== null) assert.equal(toJson(decoded), value.json);
  JSON.parse(toTypedJson(decoded, snapshot));
  assert.ok(describeSerializer(snapshot).type !== '');
  if (value.hash !== null) assert.equal(codec.hash?.(decoded), value.hash);
}
