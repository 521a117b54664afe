import { compositeFormat } from '../composite.js';
import { framedCodec } from '../framed.js';

/**
 * Nested: the serializer of the value. Value: `i32 length`, the value's bytes. It comes out as what that serializer reads.
 * Follows `org.apache.flink.table.runtime.typeutils.RawValueDataSerializer.RawValueDataSerializerSnapshot`, Flink 1.20.
 */
export const RAW_VALUE_DATA = compositeFormat({
  classNames: [
    'org.apache.flink.table.runtime.typeutils.RawValueDataSerializer$RawValueDataSerializerSnapshot',
  ],
  notes: {
    type: 'raw',
    serializer: 'RawValueDataSerializer',
    flink: '1.11-2.3',
    values: 'the value of the serializer inside',
  },
  outerVersions: [0],
  arity: 1,
  describe: (snapshot, describe) => describe(snapshot.nested[0]!),
  codec: (snapshot, compiler) => framedCodec(compiler.compile(snapshot.nested[0]!, 'value'), 'RawValueData'),
});
