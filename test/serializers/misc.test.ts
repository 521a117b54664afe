import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import {
  compileCodec,
  describeSerializer,
  Opaque,
  readSerializerSnapshot,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { corpusFile } from './corpus.js';
import { fromHex, valuesNamed } from './flink-values.js';

test('an Avro snapshot of version 2 is read and written back', () => {
  const bytes = corpusFile('misc/flink-avro-2.2.0/serializer-snapshot-v2');
  const input = new DataInputView(bytes);
  const snapshot = readSerializerSnapshot(input);
  input.expectEnd('serializer snapshot');
  assert.equal(snapshot.version, 2);
  assert.equal(describeSerializer(snapshot).type, 'avro');
  const output = new DataOutputView();
  writeSerializerSnapshot(output, snapshot);
  assert.deepEqual(output.toBytes(), bytes);
});

test('the Kryo configuration of Flink 1.3 is refused with its code', () => {
  const bytes = corpusFile('misc/flink-core-2.2.0/kryo-serializer-flink1.3-snapshot');
  assert.throws(
    () => readSerializerSnapshot(new DataInputView(bytes)),
    (error) => error instanceof StatewrightError && error.code === 'LEGACY_FORMAT',
  );
});

describe('Kryo bytes stay closed to their last byte', () => {
  for (const file of ['2.2.0/type-with-avro', '2.2.0/type-without-avro', '1.20.0/type-without-avro']) {
    test(file, () => {
      const bytes = corpusFile(`misc/flink-core-${file}-serialized-using-kryo`);
      const kryo = readSerializerSnapshot(new DataInputView(valuesNamed('List of Kryo')[0]!.snapshot))
        .nested[0]!;
      const value = compileCodec(kryo).read(new DataInputView(bytes)) as Opaque;
      assert.ok(value instanceof Opaque);
      assert.deepEqual(value.bytes, bytes);
    });
  }
});

/** What Java's classes refuse to be made of. */
const IMPOSSIBLE: readonly (readonly [string, string, string])[] = [
  ['LocalDate', '000007e4 0d 01', 'month'],
  ['LocalDate', '000007e5 02 1d', 'day of month'],
  ['LocalDate', '7fffffff 01 01', 'year'],
  ['LocalTime', '18 00 00 00000000', 'hour'],
  ['LocalTime', '00 3c 00 00000000', 'minute'],
  ['LocalTime', '00 00 00 3b9aca00', 'LocalTime'],
  ['LocalDateTime', '80000000 8000 00 00 00 00000000', 'LocalDateTime'],
  ['Instant', '0000000000000000 ffffffff', 'Instant'],
  ['Instant', '7fffffffffffffff 00000000', 'Instant'],
  ['sql.Timestamp', '0000000000000000 3b9aca00', 'Timestamp'],
  ['Enum', '00000003', 'EnumSerializer'],
  ['Pojo', '03', 'PojoSerializer'],
  ['Either', '02', 'EitherSerializer'],
  ['StreamElement', '07', 'StreamElementSerializer'],
];

describe('values that Java has not', () => {
  for (const [name, hex, kind] of IMPOSSIBLE) {
    test(`${name} ${hex} is refused`, () => {
      const codec = compileCodec(readSerializerSnapshot(new DataInputView(valuesNamed(name)[0]!.snapshot)));
      assert.throws(
        () => codec.read(new DataInputView(fromHex(hex))),
        (error) => error instanceof StatewrightError && error.code === 'BAD_VALUE' && error.kind === kind,
      );
    });
  }
});

/** Values of a wrong kind or size for their serializer. */
const MISFITS: readonly (readonly [string, readonly unknown[]])[] = [
  ['long', [1, '1', null, 2n ** 63n]],
  ['int', [1n, 0.5, 2 ** 31, '1']],
  ['byte', [128, -129]],
  ['float', [0.1, '0.5']],
  ['char', ['', 'ab', 5]],
  ['string', [5, ['a']]],
  ['Enum', ['PURPLE', 0, null]],
  ['Tuple2', [['k'], ['k', 1n, 2n], 'k']],
  ['Row', [[1, 'x']]],
  ['Pojo', [{}, []]],
  ['List', ['a', [1]]],
  ['Map', [[], new Map()]],
  ['byte[]', [[1]]],
  ['Either', ['l']],
];

describe('a value that does not fit its serializer is not written', () => {
  for (const [name, values] of MISFITS) {
    test(name, () => {
      const codec = compileCodec(readSerializerSnapshot(new DataInputView(valuesNamed(name)[0]!.snapshot)));
      for (const value of values) {
        assert.throws(
          () => codec.write(new DataOutputView(), value),
          (error) => error instanceof StatewrightError && error.code === 'CANNOT_ENCODE',
          `${name}: ${String(value)}`,
        );
      }
    });
  }
});
