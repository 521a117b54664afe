import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataInputView, DataOutputView } from '@statewright/bytes';
import {
  compileCodec,
  type MapValue,
  Opaque,
  type RecordValue,
  readSerializerSnapshot,
  toJson,
} from '@statewright/serializers';
import { type FlinkValue, valuesNamed } from './flink-values.js';

const LIST = 'org.apache.flink.api.common.typeutils.base.ListSerializerSnapshot';
const FOLLOWS = 'follows an opaque value of unknown length';

function decode({ snapshot, data }: Pick<FlinkValue, 'snapshot' | 'data'>): unknown {
  const codec = compileCodec(readSerializerSnapshot(new DataInputView(snapshot)));
  const input = new DataInputView(data);
  const value = codec.read(input);
  input.expectEnd('value');
  const output = new DataOutputView();
  codec.write(output, value);
  assert.deepEqual(output.toBytes(), data);
  input.pos = 0;
  codec.skip(input);
  input.expectEnd('skipped value');
  return value;
}

function assertFollows(value: unknown): void {
  assert.ok(value instanceof Opaque);
  assert.equal(value.why, FOLLOWS);
  assert.equal(value.bytes.length, 0);
}

/** A list of the values of another serializer, put together by hand. */
function listOf({ snapshot, data }: FlinkValue, count: number): { snapshot: Uint8Array; data: Uint8Array } {
  const outer = new DataOutputView();
  outer.writeInt(2);
  outer.writeUTF(LIST);
  for (const number of [3, 911108, 1, 1333245, 1, 1]) outer.writeInt(number);
  outer.writeBytes(snapshot.subarray(4));
  const list = new DataOutputView();
  list.writeInt(count);
  for (let i = 0; i < count; i++) list.writeBytes(data);
  return { snapshot: outer.toBytes(), data: list.toBytes() };
}

describe('values of unknown length', () => {
  for (const written of valuesNamed('Pojo with Kryo')) {
    test(`Flink ${written.flink}: a Kryo field takes the rest of a POJO, and what is before it decodes`, () => {
      const value = decode(written) as RecordValue;
      assert.deepEqual(value.shape.names, ['before', 'goods', 'later', 'zero']);
      assert.equal(value.fields[0], 1);
      const goods = value.fields[1] as Opaque;
      assert.ok(goods instanceof Opaque);
      assert.equal(goods.className, 'java.lang.Object');
      assert.equal(goods.serializer, 'KryoSerializer');
      assert.deepEqual(goods.bytes, written.data.slice(7));
      assert.deepEqual(goods.span, { file: '<memory>', start: 7, end: written.data.length });
      assertFollows(value.fields[2]);
      assertFollows(value.fields[3]);
    });
  }

  for (const written of valuesNamed('Tuple2 with Kryo first')) {
    test(`Flink ${written.flink}: what follows a Kryo field of a tuple is opaque and empty`, () => {
      const value = decode(written) as unknown[];
      assert.deepEqual((value[0] as Opaque).bytes, written.data);
      assertFollows(value[1]);
    });
  }

  for (const written of valuesNamed('List of Kryo')) {
    test(`Flink ${written.flink}: the first element of a list of Kryo takes all of them`, () => {
      const value = decode(written) as unknown[];
      assert.equal(value.length, 3);
      assert.deepEqual((value[0] as Opaque).bytes, written.data.slice(4));
      assertFollows(value[1]);
      assertFollows(value[2]);
    });
  }

  for (const written of valuesNamed('Map to Kryo')) {
    test(`Flink ${written.flink}: a map's keys decode up to the first value of Kryo`, () => {
      const value = decode(written) as MapValue;
      assert.equal(value.entries[0]![0], 'k');
      assert.ok(value.entries[0]![1] instanceof Opaque);
    });
  }
});

describe('a POJO subclass that the snapshot lacks', () => {
  for (const written of valuesNamed('Pojo subclass after the snapshot')) {
    test(`Flink ${written.flink}: is opaque with its class, from its flags on`, () => {
      const value = decode(written) as Opaque;
      assert.ok(value instanceof Opaque);
      assert.deepEqual(value.bytes, written.data);
      assert.equal(value.className, 'SerializerFixtures$Manager');
      assert.equal(
        value.why,
        'the snapshot of SerializerFixtures$Person does not hold the serializer of this subclass',
      );
    });

    test(`Flink ${written.flink}: takes the rest of a list, though a list of POJOs is delimited`, () => {
      const list = listOf(written, 3);
      assert.equal(compileCodec(readSerializerSnapshot(new DataInputView(list.snapshot))).delimited, true);
      const value = decode(list) as unknown[];
      assert.deepEqual((value[0] as Opaque).bytes, list.data.slice(4));
      assertFollows(value[1]);
      assertFollows(value[2]);
    });
  }

  test('leaves the values after it on the same view alone', () => {
    const [missing] = valuesNamed('Pojo subclass after the snapshot');
    const [plain] = valuesNamed('Pojo');
    const bytes = new Uint8Array([...missing!.data, ...plain!.data]);
    const codec = compileCodec(readSerializerSnapshot(new DataInputView(missing!.snapshot)));
    const input = new DataInputView(bytes);
    input.limit = missing!.data.length;
    assert.ok(codec.read(input) instanceof Opaque);
    assert.equal(input.openEnd, input.pos);
    input.limit = bytes.length;
    assert.equal(toJson(codec.read(input)), plain!.json);
    assert.notEqual(input.openEnd, input.pos);
  });
});

test('where an opaque value ended before means nothing to values that tell their end', () => {
  for (const name of ['List', 'Map', 'Tuple2', 'Row', 'Pojo', 'scala.Tuple3']) {
    for (const written of valuesNamed(name)) {
      const codec = compileCodec(readSerializerSnapshot(new DataInputView(written.snapshot)));
      for (let end = 0; end <= written.data.length; end++) {
        const input = new DataInputView(written.data);
        input.openEnd = end;
        assert.equal(toJson(codec.read(input)), written.json, `${name} after ${end}`);
        input.pos = 0;
        input.openEnd = end;
        codec.skip(input);
        input.expectEnd(name);
      }
    }
  }
});

test('an opaque value shows its class, its bytes and the reason', () => {
  const value = new Opaque(
    Uint8Array.of(1, 255),
    { file: 'f', start: 0, end: 2 },
    'a "reason"',
    'a.B',
    'KryoSerializer',
  );
  assert.equal(
    toJson(value),
    '{"@opaque":{"class":"a.B","serializer":"KryoSerializer","bytes":"01ff","why":"a \\"reason\\""}}',
  );
});
