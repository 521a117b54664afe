import type { DataInputView, DataOutputView, Span } from '@statewright/bytes';
import { avroCodec } from '../avro/codec.js';
import { describeAvro } from '../avro/describe.js';
import { parseAvroSchema } from '../avro/parse-schema.js';
import type { AvroType } from '../avro/schema.js';
import { readString, writeString } from '../codecs/string-value.js';
import type { SerializerSnapshot, SnapshotFormat } from '../model.js';

const KIND = 'AvroSerializerSnapshot';

/** Snapshot of an `AvroSerializer`: the schema that the values were written with. */
export interface AvroSnapshot extends SerializerSnapshot {
  /** The record's Java class; undefined in version 1, where Flink takes the schema's name. */
  readonly runtimeType: string | undefined;
  /** The writer's schema as it stands in the file. */
  readonly schemaText: string;
  readonly schema: AvroType;
}

/**
 *     version 1 (1.7):          utf schema
 *     version 2 (1.7 to 1.11):  utf runtimeType, utf schema
 *     version 3 (1.12 on):      StringValue runtimeType, StringValue schema
 *
 * The schema is JSON. Follows `org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const AVRO: SnapshotFormat<AvroSnapshot> = {
  classNames: ['org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot'],
  versions: [1, 2, 3],
  notes: {
    type: 'avro',
    serializer: 'AvroSerializer',
    flink: '1.7-2.3',
    values: 'RecordValue; a union is the bare branch, or AvroUnionValue where that would be ambiguous',
  },
  read(input, head) {
    const text = head.version === 3 ? readPresentString : (view: DataInputView) => view.readUTF(KIND);
    const runtimeType = head.version === 1 ? undefined : text(input);
    const start = input.filePos;
    const schemaText = text(input);
    const width = head.version === 3 ? stringValueWidth : utfWidth;
    const spanOf = (at: number, end: number): Span =>
      partOf(schemaText, { at, end }, input.spanFrom(start), width);
    const schema = parseAvroSchema(schemaText, spanOf);
    const { className, version } = head;
    return {
      className,
      version,
      runtimeType,
      schemaText,
      schema,
      nested: [],
      span: input.spanFrom(head.start),
    };
  },
  write(output, snapshot) {
    const text =
      snapshot.version === 3 ? writeString : (view: DataOutputView, value: string) => view.writeUTF(value);
    if (snapshot.runtimeType !== undefined) text(output, snapshot.runtimeType);
    text(output, snapshot.schemaText);
  },
  describe(snapshot) {
    const described = describeAvro(snapshot.schema);
    const own = snapshot.runtimeType ?? described.class;
    return {
      ...described,
      type: 'avro',
      ...(own === undefined ? {} : { class: own }),
      details: { ...described.details, schema: snapshot.schemaText },
    };
  },
  codec: (snapshot, compiler) => avroCodec(snapshot.schema, compiler),
};

function readPresentString(input: DataInputView): string {
  const at = input.pos;
  const text = readString(input);
  if (text !== null) return text;
  input.pos = at;
  throw input.error('BAD_VALUE', KIND, 'a name or schema is null');
}

/** Where a part of a text lies whose bytes end where `whole` does. */
function partOf(
  text: string,
  part: { readonly at: number; readonly end: number },
  whole: Span,
  width: (unit: number) => number,
): Span {
  const lengthFrom = (from: number): number => {
    let length = 0;
    for (let i = from; i < text.length; i++) length += width(text.charCodeAt(i));
    return length;
  };
  return { ...whole, start: whole.end - lengthFrom(part.at), end: whole.end - lengthFrom(part.end) };
}

/** Bytes of a UTF-16 unit in a StringValue. */
function stringValueWidth(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x4000 ? 2 : 3;
}

/** Bytes of a UTF-16 unit in modified UTF-8. */
function utfWidth(unit: number): number {
  if (unit === 0 || unit >= 0x80) return unit < 0x800 ? 2 : 3;
  return 1;
}
