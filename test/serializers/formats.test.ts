import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import {
  compileCodec,
  describeSerializer,
  readSerializerSnapshot,
  type SerializerSnapshot,
  SNAPSHOT_FORMATS,
  type SnapshotFormat,
  toJson,
  traceValue,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { valuesNamed } from './flink-values.js';

const MONEY: SnapshotFormat<SerializerSnapshot & { readonly currency: string }> = {
  classNames: ['com.example.MoneySerializerSnapshot'],
  read(input, { className, version, start }) {
    const currency = input.readUTF();
    return { className, version, currency, nested: [], span: input.spanFrom(start) };
  },
  write: (output, snapshot) => output.writeUTF(snapshot.currency),
  describe: () => ({ type: 'money', serializer: 'MoneySerializer' }),
  codec: ({ currency }) => ({
    length: 8,
    delimited: true,
    read: (input) => `${input.readLong()} ${currency}`,
    write: (output, value) => output.writeLong(BigInt((value as string).split(' ')[0]!)),
    skip: (input) => input.skip(8),
  }),
};

/** A list of that type, by the grammar. */
function listOfMoney(): Uint8Array {
  const output = new DataOutputView();
  output.writeInt(2);
  output.writeUTF('org.apache.flink.api.common.typeutils.base.ListSerializerSnapshot');
  for (const number of [3, 911108, 1, 1333245, 1, 1]) output.writeInt(number);
  output.writeUTF('com.example.MoneySerializerSnapshot');
  output.writeInt(4);
  output.writeUTF('EUR');
  return output.toBytes();
}

describe('a snapshot class of a user', () => {
  test('is an error that names it when no format is given', () => {
    assert.throws(
      () => readSerializerSnapshot(new DataInputView(listOfMoney(), 'x')),
      (error) =>
        error instanceof StatewrightError &&
        error.message ===
          'UNKNOWN_SNAPSHOT_CLASS serializer snapshot at x[95..136): no reader is registered for class ' +
            '"com.example.MoneySerializerSnapshot", version 4; register a format for this class',
    );
  });

  test('reads, writes, describes and decodes with a format beside ours', () => {
    const formats = [...SNAPSHOT_FORMATS, MONEY as SnapshotFormat];
    const snapshot = readSerializerSnapshot(new DataInputView(listOfMoney()), formats);
    const output = new DataOutputView();
    writeSerializerSnapshot(output, snapshot, formats);
    assert.deepEqual(output.toBytes(), listOfMoney());
    assert.equal(describeSerializer(snapshot, formats).fields?.[0]?.type.type, 'money');
    const data = new DataOutputView();
    data.writeInt(1);
    data.writeLong(5n);
    assert.equal(
      toJson(compileCodec(snapshot, { formats }).read(new DataInputView(data.toBytes()))),
      '["5 EUR"]',
    );
  });
});

describe('versions', () => {
  const simple = (version: number): Uint8Array => {
    const output = new DataOutputView();
    output.writeInt(2);
    output.writeUTF('org.apache.flink.api.common.typeutils.base.LongSerializer$LongSerializerSnapshot');
    output.writeInt(version);
    return output.toBytes();
  };

  test('that Flink does not have are refused', () => {
    assert.throws(
      () => readSerializerSnapshot(new DataInputView(simple(4))),
      (error) =>
        error instanceof StatewrightError &&
        error.code === 'UNSUPPORTED_VERSION' &&
        /4 but 2, 3/.test(error.reason),
    );
  });

  test('of the outer frame are checked', () => {
    const bytes = simple(3);
    new DataView(bytes.buffer).setInt32(0, 3);
    assert.throws(
      () => readSerializerSnapshot(new DataInputView(bytes)),
      (error) => error instanceof StatewrightError && error.code === 'UNSUPPORTED_VERSION',
    );
  });
});

test('every row of the table has notes for the docs, and no class has two rows', () => {
  const names = SNAPSHOT_FORMATS.flatMap((format) => format.classNames);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(
    SNAPSHOT_FORMATS.filter((format) => format.notes === undefined).flatMap((format) => format.classNames),
    [],
  );
});

test('a trace gives the bytes of every part', () => {
  const { snapshot, data } = valuesNamed('Map of lists')[0]!;
  const trace = traceValue(
    readSerializerSnapshot(new DataInputView(snapshot)),
    new DataInputView(data, 'f', 100),
  );
  const leaf = (label: string, type: string, start: number, end: number, json: string) => ({
    label,
    type,
    start,
    end,
    json,
    children: [],
  });
  assert.deepEqual(trace, {
    label: '',
    type: 'MapSerializer',
    start: 100,
    end: 121,
    json: undefined,
    children: [
      leaf('key', 'LongSerializer', 104, 112, '7'),
      {
        label: 'value',
        type: 'ListSerializer',
        start: 113,
        end: 121,
        json: undefined,
        children: [
          leaf('element', 'StringSerializer', 117, 119, '"x"'),
          leaf('element', 'StringSerializer', 119, 121, '"y"'),
        ],
      },
    ],
  });
});
