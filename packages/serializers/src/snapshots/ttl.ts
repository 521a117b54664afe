import { compositeFormat } from '../composite.js';
import { sequenceCodec } from '../sequence.js';
import { TtlValue } from '../values.js';

/**
 * Nested: `LongSerializer` (last access, milliseconds) and the user's serializer. Value: both, one after the other.
 * Follows `org.apache.flink.runtime.state.ttl.TtlStateFactory.TtlSerializerSnapshot`, Flink 1.20, and its twin of
 * state API v2, Flink 2.0.
 */
export const TTL = compositeFormat({
  classNames: [
    'org.apache.flink.runtime.state.ttl.TtlStateFactory$TtlSerializerSnapshot',
    'org.apache.flink.runtime.state.v2.ttl.TtlStateFactory$TtlSerializerSnapshot',
  ],
  notes: { type: 'ttl', serializer: 'TtlSerializer', flink: '1.8-2.3', values: 'TtlValue' },
  outerVersions: [1, 2],
  arity: 2,
  firstNested: 'org.apache.flink.api.common.typeutils.base.LongSerializer$LongSerializerSnapshot',
  describe: (snapshot, describe) => ({
    type: 'ttl',
    serializer: 'TtlSerializer',
    fields: [
      { name: 'lastAccess', type: describe(snapshot.nested[0]!) },
      { name: 'value', type: describe(snapshot.nested[1]!) },
    ],
  }),
  codec(snapshot, compiler) {
    const codecs = [
      compiler.compile(snapshot.nested[0]!, 'lastAccess'),
      compiler.compile(snapshot.nested[1]!, 'value'),
    ];
    const codec = sequenceCodec(compiler, {
      codecs,
      serializer: 'TtlSerializer',
      finish: ([lastAccess, value]) => new TtlValue(lastAccess as bigint, value),
      fieldsOf: (ttl) => (ttl instanceof TtlValue ? [ttl.lastAccessMillis, ttl.value] : undefined),
    });
    const fixed = codecs.every((part) => part.length >= 0);
    return { ...codec, length: fixed ? codecs.reduce((sum, part) => sum + part.length, 0) : -1 };
  },
});
