import { DataInputView, describeJavaObject } from '@statewright/bytes';
import { readMetadata } from '@statewright/savepoint';
import {
  compileCodec,
  describeSerializer,
  readSerializerSnapshot,
  type SerializerSnapshot,
  toJson,
} from '@statewright/serializers';
import { typed } from './answer.js';
import { gadget, mapOfMaps, nestedArrays } from './java-stream-bytes.js';
import { metadataWith } from './metadata-bytes.js';
import {
  bytesOf,
  INT,
  list,
  map,
  NULL_VALUE,
  outer,
  plain,
  STRING,
  tuple,
  viewOf,
  type Writes,
} from './snapshot-bytes.js';

/*
 * Small inputs that ask for much: memory, time, or depth of the stack.
 */

const DEEP = 100_000;
const TWO_BILLION = 0x7fffffff;

function snapshotOf(writes: Writes): SerializerSnapshot {
  return readSerializerSnapshot(viewOf(outer(writes)));
}

/** Everything that can be done with a serializer and a value. */
function readValue(writes: Writes, data: Writes): void {
  const snapshot = snapshotOf(writes);
  JSON.stringify(describeSerializer(snapshot));
  const codec = compileCodec(snapshot);
  codec.skip(viewOf(bytesOf(data)));
  toJson(codec.read(viewOf(bytesOf(data))));
}

function repeated(count: number, write: Writes): Writes {
  return (output) => {
    for (let i = 0; i < count; i++) write(output);
  };
}

/** Opens without end: what a snapshot of 100,000 levels starts with. */
function nestedSnapshot(level: Writes): Writes {
  return (output) => {
    repeated(DEEP, level)(output);
    INT(output);
  };
}

const LIST_LEVEL: Writes = (output) => {
  output.writeUTF('org.apache.flink.api.common.typeutils.base.ListSerializerSnapshot');
  for (const number of [3, 911_108, 1, 1_333_245, 1, 1]) output.writeInt(number);
};

const TUPLE_LEVEL: Writes = (output) => {
  output.writeUTF('org.apache.flink.api.java.typeutils.runtime.TupleSerializerSnapshot');
  for (const number of [3, 911_108, 2]) output.writeInt(number);
  output.writeUTF('org.apache.flink.api.java.tuple.Tuple1');
  for (const number of [1_333_245, 1, 1]) output.writeInt(number);
};

function avro(schema: string): Writes {
  const text: (value: string) => Writes = (value) => (output) => {
    let length = value.length + 1;
    for (; length >= 0x80; length >>>= 7) output.writeByte((length & 0x7f) | 0x80);
    output.writeByte(length);
    output.writeBytes(Buffer.from(value, 'latin1'));
  };
  return (output) => {
    plain('org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot')(output);
    text('org.example.Hostile')(output);
    text(schema)(output);
  };
}

/** Records of which each has two of the next: 2^n parts. */
function doublingRecords(levels: number, leaf: string): string {
  let schema = leaf;
  for (let i = levels; i > 0; i--) {
    const name = `R${i}`;
    const first = `{"name":"a","type":${schema}}`;
    const second = `{"name":"b","type":${i === levels ? leaf : `"R${i + 1}"`}}`;
    schema = `{"type":"record","name":"${name}","fields":[${first},${second}]}`;
  }
  return schema;
}

function rowOf(type: Uint8Array): Writes {
  return (output) => {
    plain('org.apache.flink.table.runtime.typeutils.RowDataSerializer$RowDataSerializerSnapshot')(output);
    output.writeInt(1);
    output.writeBytes(type);
    for (const number of [1_333_245, 1, 1]) output.writeInt(number);
    INT(output);
  };
}

function readHandles(handles: Writes): void {
  readMetadata(new DataInputView(metadataWith(handles), '_metadata'));
}

/** No managed and no raw operator state; a keyed handle follows. */
const NO_OPERATOR_STATE: Writes = (output) => repeated(2, (each) => each.writeInt(0))(output);

/** What is asked for, and the codes that may answer. */
export const BOMBS: {
  readonly [name: string]: { readonly run: () => void; readonly codes: readonly string[] };
} = {
  'lists of lists of two million values without bytes': {
    run: () =>
      readValue(list(list(NULL_VALUE)), (output) => {
        output.writeInt(2000);
        repeated(2000, (each) => each.writeInt(1 << 20))(output);
      }),
    codes: ['BAD_LENGTH'],
  },
  'a million tuples of 200 values without bytes': {
    run: () =>
      readValue(list(tuple(...new Array<Writes>(200).fill(NULL_VALUE))), (output) =>
        output.writeInt(1 << 20),
      ),
    codes: ['BAD_LENGTH'],
  },
  'a list of 2 GB': {
    run: () => readValue(list(INT), (output) => output.writeInt(TWO_BILLION)),
    codes: ['BAD_LENGTH'],
  },
  'a list of two billion nothings': {
    run: () => readValue(list(NULL_VALUE), (output) => output.writeInt(TWO_BILLION)),
    codes: ['BAD_LENGTH'],
  },
  'a map of 2 GB': {
    run: () => readValue(map(INT, INT), (output) => output.writeInt(TWO_BILLION)),
    codes: ['BAD_LENGTH'],
  },
  'a string of 2 GB': {
    run: () => readValue(STRING, (output) => output.writeBytes(Buffer.from('ffffffff07', 'hex'))),
    codes: ['BAD_LENGTH', 'TRUNCATED'],
  },
  '100,000 lists in each other': { run: () => snapshotOf(nestedSnapshot(LIST_LEVEL)), codes: ['TOO_DEEP'] },
  '100,000 tuples in each other': { run: () => snapshotOf(nestedSnapshot(TUPLE_LEVEL)), codes: ['TOO_DEEP'] },
  '100,000 Avro arrays in each other': {
    run: () => snapshotOf(avro(`${'{"type":"array","items":'.repeat(DEEP)}"int"${'}'.repeat(DEEP)}`)),
    codes: ['TOO_DEEP'],
  },
  '100,000 Java arrays in each other': {
    run: () => void describeJavaObject(viewOf(nestedArrays(DEEP))),
    codes: ['TOO_DEEP'],
  },
  'an Avro record of 2^40 ints': {
    run: () =>
      readValue(
        avro(doublingRecords(40, '"int"')),
        repeated(100, (each) => each.writeInt(1)),
      ),
    codes: ['TRUNCATED'],
  },
  'an Avro record of 2^40 nulls': {
    run: () => readValue(avro(doublingRecords(40, '"null"')), () => {}),
    codes: ['BAD_VALUE'],
  },
  'a SQL type of 2^100 parts': { run: () => snapshotOf(rowOf(mapOfMaps(100, true))), codes: ['TOO_DEEP'] },
  'a SQL type that holds itself': {
    run: () => snapshotOf(rowOf(mapOfMaps(100, false))),
    codes: ['TOO_DEEP'],
  },
  'a gadget in place of a SQL type': {
    run: () => snapshotOf(rowOf(gadget('touch pwned'))),
    codes: ['BAD_VALUE'],
  },
  '100,000 handles in each other': {
    run: () =>
      readHandles((output) => {
        NO_OPERATOR_STATE(output);
        output.writeByte(3);
        repeated(DEEP, (each) => {
          each.writeInt(0);
          each.writeInt(0);
          each.writeByte(3);
        })(output);
      }),
    codes: ['TOO_DEEP'],
  },
  '100,000 changelogs in each other': {
    run: () =>
      readHandles((output) => {
        NO_OPERATOR_STATE(output);
        repeated(DEEP, (each) => {
          each.writeByte(14);
          each.writeInt(0);
          each.writeInt(1);
          each.writeLong(0n);
          each.writeInt(1);
        })(output);
      }),
    codes: ['TOO_DEEP'],
  },
};

/** Sets one bomb off; gives the code of the error. */
export async function bomb({ name }: { name: string }): Promise<string> {
  try {
    BOMBS[name]!.run();
    return 'no error';
  } catch (error) {
    return typed(error).code;
  }
}
