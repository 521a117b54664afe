import type { DataInputView } from '@statewright/bytes';
import type { SerializerSnapshot, SnapshotFormat } from '../model.js';
import { enumCodec } from './enum.js';

/** What a `ScalaEnumSerializerSnapshot` holds. */
export interface ScalaEnumSnapshot extends SerializerSnapshot {
  readonly enumClass: string;
  readonly constants: readonly { readonly name: string; readonly id: number }[];
}

const SERIALIZER = 'EnumValueSerializer';

/**
 *     utf enumClass
 *     i32 n
 *     n x (utf name, i32 id)
 *
 * Value: `i32 id`. Follows `org.apache.flink.api.scala.typeutils.ScalaEnumSerializerSnapshot`, Flink 1.20.
 */
export const SCALA_ENUM: SnapshotFormat<ScalaEnumSnapshot> = {
  classNames: ['org.apache.flink.api.scala.typeutils.ScalaEnumSerializerSnapshot'],
  versions: [3],
  notes: {
    type: 'enum',
    serializer: SERIALIZER,
    flink: '1.8-1.20',
    values: 'string, the name of the constant',
  },
  read(input, { className, version, start }) {
    const enumClass = input.readUTF('enum class');
    const constants = readConstants(input);
    return { className, version, nested: [], enumClass, constants, span: input.spanFrom(start) };
  },
  write(output, snapshot) {
    output.writeUTF(snapshot.enumClass);
    output.writeInt(snapshot.constants.length);
    for (const { name, id } of snapshot.constants) {
      output.writeUTF(name);
      output.writeInt(id);
    }
  },
  describe: (snapshot) => ({
    type: 'enum',
    class: snapshot.enumClass,
    serializer: SERIALIZER,
    details: { constants: snapshot.constants.map(({ name }) => name) },
  }),
  codec: ({ enumClass, constants }) =>
    enumCodec(enumClass, new Map(constants.map(({ name, id }) => [id, name])), SERIALIZER),
};

function readConstants(input: DataInputView): { name: string; id: number }[] {
  const count = input.readCount('enum constants', 6);
  const constants: { name: string; id: number }[] = [];
  for (let i = 0; i < count; i++) {
    constants.push({ name: input.readUTF('enum constant'), id: input.readInt('enum constant id') });
  }
  return constants;
}
