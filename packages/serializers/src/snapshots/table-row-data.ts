import { type DataInputView, type DataOutputView, isJavaObject } from '@statewright/bytes';
import type { Describer, SerializerSnapshot, SnapshotFormat, SnapshotHead } from '../model.js';
import { readNestedSnapshots, writeNestedSnapshots } from '../nested-snapshots.js';
import { opaqueFrameCodec } from '../table/binary-row-opaque.js';
import { rowLayout } from '../table/compile-columns.js';
import { describeColumns } from '../table/describe-type.js';
import { readJavaBytes } from '../table/java-bytes.js';
import { type LogicalType, sqlText } from '../table/logical-type.js';
import { logicalTypeOf } from '../table/read-logical-type.js';
import { rowDataCodec } from '../table/row-data-codec.js';

const ROW_DATA_CLASS = 'org.apache.flink.table.data.RowData';

/** What a `RowDataSerializerSnapshot` holds: the columns' SQL types; their serializers are nested. */
export interface RowDataSnapshot extends SerializerSnapshot {
  readonly types: readonly LogicalType[];
  /** The types as they stand in the file. */
  readonly typeBytes: readonly Uint8Array[];
}

/**
 *     i32 n
 *     n x Java object        the column's LogicalType
 *     nested snapshots       of the columns' serializers
 *
 * Follows `org.apache.flink.table.runtime.typeutils.RowDataSerializer.RowDataSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const ROW_DATA: SnapshotFormat<RowDataSnapshot> = {
  classNames: ['org.apache.flink.table.runtime.typeutils.RowDataSerializer$RowDataSerializerSnapshot'],
  versions: [3],
  notes: {
    type: 'row',
    serializer: 'RowDataSerializer',
    flink: '1.11-2.3',
    values: 'RowValue; names only for nested rows, because the snapshot has no others',
  },
  read(input, head, reader) {
    const count = input.readCount('RowDataSerializerSnapshot', MIN_TYPE_BYTES);
    const types: LogicalType[] = [];
    const typeBytes: Uint8Array[] = [];
    for (let i = 0; i < count; i++) {
      const start = input.filePos;
      const { bytes, value } = readJavaBytes(input);
      types.push(logicalTypeOf(value, input.spanFrom(start)));
      typeBytes.push(bytes);
    }
    const nested = readNestedSnapshots(input, reader);
    if (nested.length !== count) {
      const reason = `${nested.length} serializers for ${count} columns`;
      throw input.error('BAD_VALUE', 'RowDataSerializerSnapshot', reason, 0);
    }
    return { ...own(head), types, typeBytes, nested, span: input.spanFrom(head.start) };
  },
  write(output, snapshot, writer) {
    output.writeInt(snapshot.types.length);
    for (const bytes of snapshot.typeBytes) output.writeBytes(bytes);
    writeNestedSnapshots(output, snapshot.nested, writer);
  },
  describe: (snapshot, describe) => describeRowData(snapshot, undefined, describe),
  codec: (snapshot, compiler) =>
    rowDataCodec(rowLayout(snapshot.types, snapshot, compiler, undefined), rowSignature(snapshot)),
};

/** An object stream is 4 bytes and an object at least 1. */
const MIN_TYPE_BYTES = 5;

function own(head: SnapshotHead): { className: string; version: number } {
  return { className: head.className, version: head.version };
}

/** A row's description; `names` where something else than the snapshot tells them. */
export function describeRowData(
  snapshot: RowDataSnapshot,
  names: readonly string[] | undefined,
  describe: Describer,
) {
  const fields = describeColumns(snapshot.types, names, snapshot, describe);
  return { type: 'row', class: ROW_DATA_CLASS, serializer: 'RowDataSerializer', fields };
}

/** Equal for snapshots whose rows have the same bytes for the same values. */
function rowSignature(snapshot: RowDataSnapshot): string {
  return `${snapshot.types.map(sqlText).join(', ')} ${classTree(snapshot)}`;
}

function classTree(snapshot: SerializerSnapshot): string {
  return `${snapshot.className}(${snapshot.nested.map(classTree).join(',')})`;
}

/** What a `BinaryRowDataSerializerSnapshot` holds: how many columns, and nothing of them. */
export interface BinaryRowDataSnapshot extends SerializerSnapshot {
  readonly arity: number;
}

const NO_TYPES = 'the snapshot of a BinaryRowData tells the number of its fields but not their types';

/**
 *     i32 arity
 *
 * Follows `org.apache.flink.table.runtime.typeutils.BinaryRowDataSerializer.BinaryRowDataSerializerSnapshot`, Flink 1.20.
 */
export const BINARY_ROW_DATA: SnapshotFormat<BinaryRowDataSnapshot> = {
  classNames: [
    'org.apache.flink.table.runtime.typeutils.BinaryRowDataSerializer$BinaryRowDataSerializerSnapshot',
  ],
  versions: [3],
  notes: {
    type: 'row',
    serializer: 'BinaryRowDataSerializer',
    flink: '1.9-2.3',
    values: 'Opaque of the row, because the snapshot has no types',
  },
  read(input, head) {
    const arity = input.readInt('BinaryRowDataSerializerSnapshot');
    return { ...own(head), arity, nested: [], span: input.spanFrom(head.start) };
  },
  write: (output, snapshot) => output.writeInt(snapshot.arity),
  describe: (snapshot) => ({
    type: 'row',
    class: 'org.apache.flink.table.data.binary.BinaryRowData',
    serializer: 'BinaryRowDataSerializer',
    opaque: NO_TYPES,
    details: { arity: snapshot.arity },
  }),
  codec: () =>
    opaqueFrameCodec(NO_TYPES, 'org.apache.flink.table.data.binary.BinaryRowData', 'BinaryRowDataSerializer'),
};

export interface RowDataKeySnapshot extends SerializerSnapshot {
  /** Java objects with generated code for equality and hashes; kept as bytes, never run. */
  readonly equaliser: Uint8Array;
  readonly hashFunction: Uint8Array;
}

/**
 *     i32 length, Java object    GeneratedRecordEqualiser
 *     i32 length, Java object    GeneratedHashFunction
 *     versioned snapshot         of the row's serializer
 *
 * The value is the row. Follows `...sequencedmultisetstate.linked.RowDataKeySerializerSnapshot`, Flink 2.3.
 */
export const ROW_DATA_KEY: SnapshotFormat<RowDataKeySnapshot> = {
  classNames: ['org.apache.flink.table.runtime.sequencedmultisetstate.linked.RowDataKeySerializerSnapshot'],
  versions: [0],
  notes: { type: 'row', serializer: 'RowDataKeySerializer', flink: '2.3', values: 'RowValue' },
  read(input, head, reader) {
    const equaliser = readFramedObject(input);
    const hashFunction = readFramedObject(input);
    const nested = [reader.readVersioned(input)];
    return { ...own(head), equaliser, hashFunction, nested, span: input.spanFrom(head.start) };
  },
  write(output: DataOutputView, snapshot, writer) {
    output.writeBytes32(snapshot.equaliser);
    output.writeBytes32(snapshot.hashFunction);
    writer.writeVersioned(output, snapshot.nested[0]!);
  },
  describe: (snapshot, describe) => ({
    ...describe(snapshot.nested[0]!),
    serializer: 'RowDataKeySerializer',
  }),
  codec(snapshot, compiler) {
    const { hash: _generated, ...codec } = compiler.compile(snapshot.nested[0]!, 'row');
    return codec;
  },
};

function readFramedObject(input: DataInputView): Uint8Array {
  const length = input.readCount('RowDataKeySerializerSnapshot');
  const end = input.pos + length;
  const { bytes, value } = readJavaBytes(input);
  if (input.pos === end && isJavaObject(value)) return bytes;
  const reason = `the frame of ${length} bytes does not hold exactly one object`;
  throw input.error('BAD_LENGTH', 'RowDataKeySerializerSnapshot', reason, 0);
}
