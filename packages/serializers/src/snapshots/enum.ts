import type { DataInputView } from '@statewright/bytes';
import { quoted } from '../class-names.js';
import type { Codec, SerializerSnapshot, SnapshotFormat } from '../model.js';
import { cannotEncode } from '../opaque.js';

/** What an `EnumSerializerSnapshot` holds. */
export interface EnumSnapshot extends SerializerSnapshot {
  readonly enumClass: string;
  /** Constant names; a value is a position in this list, which need not be the Java ordinal. */
  readonly constants: readonly string[];
}

const SERIALIZER = 'EnumSerializer';

/**
 *     utf enumClass
 *     i32 n
 *     n x utf constant
 *
 * Value: `i32` position in that list.
 * Follows `org.apache.flink.api.common.typeutils.base.EnumSerializer.EnumSerializerSnapshot`, Flink 1.20.
 */
export const ENUM: SnapshotFormat<EnumSnapshot> = {
  classNames: ['org.apache.flink.api.common.typeutils.base.EnumSerializer$EnumSerializerSnapshot'],
  versions: [3],
  notes: {
    type: 'enum',
    serializer: SERIALIZER,
    flink: '1.8-2.3',
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
    for (const constant of snapshot.constants) output.writeUTF(constant);
  },
  describe: (snapshot) => ({
    type: 'enum',
    class: snapshot.enumClass,
    serializer: SERIALIZER,
    details: { constants: snapshot.constants },
  }),
  codec: ({ enumClass, constants }) =>
    enumCodec(enumClass, new Map(constants.map((name, i) => [i, name])), SERIALIZER),
};

function readConstants(input: DataInputView): string[] {
  const count = input.readCount('enum constants', 2);
  const constants: string[] = [];
  for (let i = 0; i < count; i++) constants.push(input.readUTF('enum constant'));
  return constants;
}

/** `i32 id` of a constant; the value is its name. */
export function enumCodec(enumClass: string, names: ReadonlyMap<number, string>, serializer: string): Codec {
  const ids = new Map([...names].map(([id, name]) => [name, id]));
  return {
    length: 4,
    delimited: true,
    read(input) {
      const id = input.readInt(serializer);
      const name = names.get(id);
      if (name !== undefined) return name;
      input.pos -= 4;
      const reason = `constant ${id} is found but ${quoted(enumClass)} has ${names.size}`;
      throw input.error('BAD_VALUE', serializer, reason, 4);
    },
    write(output, value) {
      const id = typeof value === 'string' ? ids.get(value) : undefined;
      if (id === undefined) throw cannotEncode(serializer, `a constant of ${quoted(enumClass)}`, value);
      output.writeInt(id);
    },
    skip: (input) => input.skip(4, serializer),
  };
}
