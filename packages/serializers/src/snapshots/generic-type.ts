import { quoted } from '../class-names.js';
import type { SerializerSnapshot, SnapshotFormat } from '../model.js';
import { opaqueCodec } from '../opaque.js';

/** A snapshot that holds a class name and nothing else: its values write themselves. */
export interface GenericTypeSnapshot extends SerializerSnapshot {
  readonly typeClass: string;
}

/**
 * Body: `utf typeClass`. Follows `org.apache.flink.api.common.typeutils.GenericTypeSerializerSnapshot`, Flink 1.20.
 */
function genericType(serializer: string, type: string, method: string): SnapshotFormat<GenericTypeSnapshot> {
  const why = (typeClass: string) => `${quoted(typeClass)} writes itself by its method ${method}`;
  return {
    classNames: [`org.apache.flink.api.java.typeutils.runtime.${serializer}$${serializer}Snapshot`],
    versions: [2],
    notes: { type, serializer, flink: '1.8-2.3', values: 'Opaque' },
    read(input, { className, version, start }) {
      const typeClass = input.readUTF('type class');
      return { className, version, nested: [], typeClass, span: input.spanFrom(start) };
    },
    write: (output, snapshot) => output.writeUTF(snapshot.typeClass),
    describe: ({ typeClass }) => ({ type, class: typeClass, serializer, opaque: why(typeClass) }),
    codec: ({ typeClass }) => opaqueCodec(why(typeClass), typeClass, serializer),
  };
}

/** `Value`, `CopyableValue` and Hadoop's `Writable`. */
export const GENERIC_TYPES: readonly SnapshotFormat[] = [
  genericType('ValueSerializer', 'value', 'write(DataOutputView)'),
  genericType('CopyableValueSerializer', 'copyable-value', 'write(DataOutputView)'),
  genericType('WritableSerializer', 'writable', 'write(DataOutput)'),
] as readonly SnapshotFormat[];
