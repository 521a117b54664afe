import type { DataInputView } from '@statewright/bytes';
import {
  type OptionalEntry,
  readFramedSnapshot,
  readOptionalMap,
  writeOptionalMap,
} from '../linked-optional-map.js';
import type { Describer, SerializerSnapshot, SnapshotFormat, TypeDescription } from '../model.js';
import { pojoCodec } from '../pojo-codec.js';

/** Where a field is declared: the class may be a superclass of the POJO's. */
export interface PojoFieldKey {
  readonly declaringClass: string;
  readonly fieldName: string;
}

/** What a `PojoSerializerSnapshot` holds. A field's name is `missing-field-at-<i>` when its class no longer had it. */
export interface PojoSnapshot extends SerializerSnapshot {
  readonly pojoClass: string;
  /** In the order of the data. */
  readonly fields: readonly OptionalEntry<PojoFieldKey, SerializerSnapshot>[];
  /** By Java class name; the position is the subclass's tag. */
  readonly registeredSubclasses: readonly OptionalEntry<Uint8Array, SerializerSnapshot>[];
  /** By Java class name: the subclasses that the job had met when the snapshot was made. */
  readonly otherSubclasses: readonly OptionalEntry<Uint8Array, SerializerSnapshot>[];
}

const KIND = 'PojoSerializer';

/**
 *     utf pojoClass
 *     optional map           fields; key: utf declaringClass, utf fieldName; value: versioned snapshot
 *     optional map           registered subclasses; key: nothing; value: versioned snapshot
 *     optional map           other subclasses; the same
 *
 * Optional maps: see linked-optional-map.ts. Follows
 * `org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshotData`, Flink 1.20.
 */
export const POJO: SnapshotFormat<PojoSnapshot> = {
  classNames: ['org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot'],
  versions: [2],
  notes: {
    type: 'pojo',
    serializer: KIND,
    flink: '1.8-2.3',
    values: 'RecordValue, nullable; subclasses too',
  },
  read(input, head, reader) {
    const value = (frame: DataInputView) => readFramedSnapshot(frame, reader);
    const pojoClass = input.readUTF('POJO class');
    const fields = readOptionalMap(input, 'POJO fields', readFieldKey, value);
    const registeredSubclasses = readOptionalMap(input, 'POJO subclasses', readKeyBytes, value);
    const otherSubclasses = readOptionalMap(input, 'POJO subclasses', readKeyBytes, value);
    const nested = [...fields, ...registeredSubclasses, ...otherSubclasses].flatMap(
      (entry) => entry.value ?? [],
    );
    const { className, version, start } = head;
    const span = input.spanFrom(start);
    return { className, version, span, nested, pojoClass, fields, registeredSubclasses, otherSubclasses };
  },
  write(output, snapshot, writer) {
    output.writeUTF(snapshot.pojoClass);
    const write = writer.writeVersioned;
    writeOptionalMap(output, snapshot.fields, writeFieldKey, write);
    writeOptionalMap(output, snapshot.registeredSubclasses, (frame, key) => frame.writeBytes(key), write);
    writeOptionalMap(output, snapshot.otherSubclasses, (frame, key) => frame.writeBytes(key), write);
  },
  describe: describePojo,
  codec: pojoCodec,
};

function readFieldKey(frame: DataInputView): PojoFieldKey {
  return { declaringClass: frame.readUTF('declaring class'), fieldName: frame.readUTF('field name') };
}

function writeFieldKey(frame: { writeUTF(text: string): void }, key: PojoFieldKey): void {
  frame.writeUTF(key.declaringClass);
  frame.writeUTF(key.fieldName);
}

function readKeyBytes(frame: DataInputView): Uint8Array {
  return frame.readBytes(frame.remaining).slice();
}

function describePojo(snapshot: PojoSnapshot, describe: Describer): TypeDescription {
  const child = (value: SerializerSnapshot | undefined): TypeDescription =>
    value === undefined
      ? { type: 'unknown', serializer: '', opaque: 'the snapshot does not hold its serializer' }
      : describe(value);
  const subclasses = [...snapshot.registeredSubclasses, ...snapshot.otherSubclasses];
  return {
    type: 'pojo',
    class: snapshot.pojoClass,
    serializer: KIND,
    fields: snapshot.fields.map(({ name, value }) => ({ name, type: child(value), nullable: true })),
    ...(subclasses.length === 0
      ? {}
      : { subclasses: subclasses.map(({ name, value }) => ({ name, type: child(value) })) }),
  };
}
