import type { CodecCompiler, SerializerSnapshot, SnapshotFormat } from '../model.js';
import { opaqueFrameCodec } from '../table/binary-row-opaque.js';
import { compilePart } from '../table/compile-columns.js';
import { describeLogicalType } from '../table/describe-type.js';
import { readJavaBytes } from '../table/java-bytes.js';
import { elementUnknown, type LogicalType } from '../table/logical-type.js';
import { logicalTypeOf } from '../table/read-logical-type.js';
import { arrayDataCodec, mapDataCodec } from '../table/row-data-codec.js';

/** What the snapshot of an `ArrayDataSerializer` or `MapDataSerializer` holds. */
export interface ElementTypesSnapshot extends SerializerSnapshot {
  /** Array: the element's type. Map: the key's and the value's. */
  readonly types: readonly LogicalType[];
  /** The Java objects as they stand in the file: those types, then a serializer for each. */
  readonly objects: readonly Uint8Array[];
}

/** A snapshot of nothing but Java objects: `count` types and then `count` serializers. */
function elementTypes(
  count: number,
): Pick<SnapshotFormat<ElementTypesSnapshot>, 'versions' | 'read' | 'write'> {
  return {
    versions: [3],
    read(input, head) {
      const types: LogicalType[] = [];
      const objects: Uint8Array[] = [];
      for (let i = 0; i < 2 * count; i++) {
        const start = input.filePos;
        const { bytes, value } = readJavaBytes(input);
        if (i < count) types.push(logicalTypeOf(value, input.spanFrom(start)));
        objects.push(bytes);
      }
      const { className, version } = head;
      return { className, version, types, objects, nested: [], span: input.spanFrom(head.start) };
    },
    write(output, snapshot) {
      for (const bytes of snapshot.objects) output.writeBytes(bytes);
    },
  };
}

/**
 *     Java object            the element's LogicalType
 *     Java object            its serializer
 *
 * Follows `org.apache.flink.table.runtime.typeutils.ArrayDataSerializer.ArrayDataSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const ARRAY_DATA: SnapshotFormat<ElementTypesSnapshot> = {
  classNames: ['org.apache.flink.table.runtime.typeutils.ArrayDataSerializer$ArrayDataSerializerSnapshot'],
  notes: { type: 'array', serializer: 'ArrayDataSerializer', flink: '1.11-2.3', values: 'array' },
  ...elementTypes(1),
  describe: (snapshot, describe) => describeLogicalType(arrayType(snapshot), undefined, describe),
  codec(snapshot, compiler) {
    const unknown = elementUnknown(arrayType(snapshot));
    if (unknown !== undefined) return opaqueFrameCodec(unknown.why, unknown.className, 'ArrayDataSerializer');
    return arrayDataCodec(columns(snapshot, compiler)[0]!);
  },
};

/**
 *     Java object, Java object       the key's and the value's LogicalType
 *     Java object, Java object       their serializers
 *
 * Follows `org.apache.flink.table.runtime.typeutils.MapDataSerializer.MapDataSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const MAP_DATA: SnapshotFormat<ElementTypesSnapshot> = {
  classNames: ['org.apache.flink.table.runtime.typeutils.MapDataSerializer$MapDataSerializerSnapshot'],
  notes: { type: 'map', serializer: 'MapDataSerializer', flink: '1.11-2.3', values: 'MapValue' },
  ...elementTypes(2),
  describe: (snapshot, describe) => describeLogicalType(mapType(snapshot), undefined, describe),
  codec(snapshot, compiler) {
    const unknown = elementUnknown(mapType(snapshot));
    if (unknown !== undefined) return opaqueFrameCodec(unknown.why, unknown.className, 'MapDataSerializer');
    const [key, value] = columns(snapshot, compiler);
    return mapDataCodec(key!, value!);
  },
};

function columns(snapshot: ElementTypesSnapshot, compiler: CodecCompiler) {
  const labels = snapshot.types.length === 1 ? ['element'] : ['key', 'value'];
  return snapshot.types.map((type, i) => compilePart(type, undefined, compiler, labels[i]!));
}

function arrayType(snapshot: ElementTypesSnapshot): LogicalType {
  return { kind: 'array', root: 'ARRAY', nullable: true, element: snapshot.types[0]! };
}

function mapType(snapshot: ElementTypesSnapshot): LogicalType {
  const [key, value] = snapshot.types;
  return { kind: 'map', root: 'MAP', nullable: true, key: key!, value: value! };
}
