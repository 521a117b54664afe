import { compositeFormat } from '../composite.js';
import { optionalCodec } from '../optional.js';

/** No serializer of fixed length comes near; a longer padding is a sign of damage. */
const MAX_PADDING = 1 << 16;

/**
 * Outer part: `i32 paddingLength`. Value: `bool isNull`, then the value or, for null, that many zero bytes.
 * Follows `org.apache.flink.api.java.typeutils.runtime.NullableSerializer.NullableSerializerSnapshot`, Flink 1.20.
 */
export const NULLABLE = compositeFormat<number>({
  classNames: ['org.apache.flink.api.java.typeutils.runtime.NullableSerializer$NullableSerializerSnapshot'],
  notes: {
    type: 'nullable',
    serializer: 'NullableSerializer',
    flink: '1.8-2.3',
    values: 'the value, or null',
  },
  outerVersions: [2],
  arity: 1,
  readOuter(input) {
    const padding = input.readInt('padding length');
    if (padding >= 0 && padding <= MAX_PADDING) return padding;
    input.pos -= 4;
    throw input.error(
      'BAD_LENGTH',
      'padding length',
      `length ${padding} is not within 0 and ${MAX_PADDING}`,
      4,
    );
  },
  writeOuter: (output, padding) => output.writeInt(padding),
  describe: (snapshot, describe) => ({
    type: 'nullable',
    serializer: 'NullableSerializer',
    fields: [{ name: 'value', type: describe(snapshot.nested[0]!), nullable: true }],
  }),
  codec: (snapshot, compiler) =>
    optionalCodec({
      inner: compiler.compile(snapshot.nested[0]!, 'value'),
      flag: 'is-null',
      padding: snapshot.outer,
    }),
});
