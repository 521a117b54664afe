import { compositeFormat } from '../composite.js';
import { mapCodec } from '../map-codec.js';
import type { Codec, FormatNotes, SerializerSnapshot, SnapshotFormat } from '../model.js';
import { readNestedSnapshots, writeNestedSnapshots } from '../nested-snapshots.js';
import { readJavaBytes } from '../table/java-bytes.js';
import { linkedListCodec } from '../table/linked-list-codec.js';
import { nullAwareMapCodec } from '../table/null-aware-map-codec.js';

const FIRST_WITH_NULL_MASK = 2;
const FIRST_WITH_FLAG = 3;

/**
 * Outer part: `bool hasNullMask` in version 3; always in 2, never in 1.
 * Follows `org.apache.flink.table.runtime.typeutils.LinkedListSerializer.LinkedListSerializerSnapshot`, Flink 1.20.
 */
export const LINKED_LIST = compositeFormat<boolean>({
  classNames: ['org.apache.flink.table.runtime.typeutils.LinkedListSerializer$LinkedListSerializerSnapshot'],
  notes: { type: 'list', serializer: 'LinkedListSerializer', flink: '1.9-2.3', values: 'array' },
  outerVersions: [1, 2, 3],
  arity: 1,
  readOuter(input, version) {
    return version >= FIRST_WITH_FLAG ? input.readBoolean('hasNullMask') : version === FIRST_WITH_NULL_MASK;
  },
  writeOuter(output, hasNullMask, version) {
    if (version >= FIRST_WITH_FLAG) output.writeBoolean(hasNullMask);
  },
  describe: (snapshot, describe) => ({
    type: 'list',
    class: 'java.util.LinkedList',
    serializer: 'LinkedListSerializer',
    fields: [{ name: 'element', type: describe(snapshot.nested[0]!), nullable: snapshot.outer }],
  }),
  codec: (snapshot, compiler) =>
    linkedListCodec(compiler.compile(snapshot.nested[0]!, 'element'), snapshot.outer),
});

export interface SortedMapSnapshot extends SerializerSnapshot {
  /** The Java object `Comparator` as it stands in the file; nothing of it is run. */
  readonly comparator: Uint8Array;
}

/**
 *     Java object            Comparator
 *     nested snapshots       key, value
 *
 * Value: as a map. Follows `org.apache.flink.table.runtime.typeutils.SortedMapSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const SORTED_MAP: SnapshotFormat<SortedMapSnapshot> = {
  classNames: ['org.apache.flink.table.runtime.typeutils.SortedMapSerializerSnapshot'],
  versions: [3],
  notes: { type: 'map', serializer: 'SortedMapSerializer', flink: '1.9-2.3', values: 'MapValue' },
  read(input, head, reader) {
    const comparator = readJavaBytes(input).bytes;
    const nested = readNestedSnapshots(input, reader);
    if (nested.length !== 2) {
      const reason = `${nested.length} nested snapshots are found but 2 are expected`;
      throw input.error('BAD_VALUE', 'SortedMapSerializer', reason, 0);
    }
    const { className, version } = head;
    return { className, version, comparator, nested, span: input.spanFrom(head.start) };
  },
  write(output, snapshot, writer) {
    output.writeBytes(snapshot.comparator);
    writeNestedSnapshots(output, snapshot.nested, writer);
  },
  describe: (snapshot, describe) => ({
    type: 'map',
    class: 'java.util.SortedMap',
    serializer: 'SortedMapSerializer',
    fields: [
      { name: 'key', type: describe(snapshot.nested[0]!) },
      { name: 'value', type: describe(snapshot.nested[1]!), nullable: true },
    ],
  }),
  codec(snapshot, compiler) {
    const key = compiler.compile(snapshot.nested[0]!, 'key');
    const value = compiler.compile(snapshot.nested[1]!, 'value');
    return mapCodec(compiler, key, value, 'SortedMapSerializer');
  },
};

/** A view whose value is that of the one serializer nested in it. */
function dataView(name: string, valueClass: string, notes: Omit<FormatNotes, 'serializer' | 'flink'>) {
  return compositeFormat({
    classNames: [`org.apache.flink.table.dataview.${name}Snapshot`],
    notes: { ...notes, serializer: name, flink: '1.8-2.3' },
    outerVersions: [1],
    arity: 1,
    describe: (snapshot, describe) => ({
      ...describe(snapshot.nested[0]!),
      class: `org.apache.flink.table.api.dataview.${valueClass}`,
    }),
    codec: (snapshot, compiler) => compiler.compile(snapshot.nested[0]!, 'view'),
  });
}

/** Value: that of the list. Follows `org.apache.flink.table.dataview.ListViewSerializerSnapshot`, Flink 1.20. */
export const LIST_VIEW = dataView('ListViewSerializer', 'ListView', { type: 'list', values: 'array' });

/** Value: that of the map. Follows `org.apache.flink.table.dataview.MapViewSerializerSnapshot`, Flink 1.20. */
export const MAP_VIEW = dataView('MapViewSerializer', 'MapView', { type: 'map', values: 'MapValue' });

/**
 * A map whose keys may be null, too.
 * Follows `org.apache.flink.table.dataview.NullAwareMapSerializerSnapshot`, Flink 1.20.
 */
export const NULL_AWARE_MAP = compositeFormat({
  classNames: ['org.apache.flink.table.dataview.NullAwareMapSerializerSnapshot'],
  notes: { type: 'map', serializer: 'NullAwareMapSerializer', flink: '1.11-2.3', values: 'MapValue' },
  outerVersions: [1],
  arity: 2,
  describe: (snapshot, describe) => ({
    type: 'map',
    class: 'java.util.Map',
    serializer: 'NullAwareMapSerializer',
    fields: [
      { name: 'key', type: describe(snapshot.nested[0]!), nullable: true },
      { name: 'value', type: describe(snapshot.nested[1]!), nullable: true },
    ],
  }),
  codec(snapshot, compiler): Codec {
    const [key, value] = snapshot.nested.map((child, i) =>
      compiler.compile(child, i === 0 ? 'key' : 'value'),
    );
    return nullAwareMapCodec(compiler, key!, value!);
  },
});
