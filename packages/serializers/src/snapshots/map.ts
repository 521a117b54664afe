import { compositeFormat } from '../composite.js';
import { mapCodec } from '../map-codec.js';

/** Follows `org.apache.flink.api.common.typeutils.base.MapSerializerSnapshot`, Flink 1.20. */
export const MAP = compositeFormat({
  classNames: ['org.apache.flink.api.common.typeutils.base.MapSerializerSnapshot'],
  notes: { type: 'map', serializer: 'MapSerializer', flink: '1.7-2.3', values: 'MapValue' },
  outerVersions: [1],
  legacyVersions: [1],
  arity: 2,
  describe: (snapshot, describe) => ({
    type: 'map',
    class: 'java.util.Map',
    serializer: 'MapSerializer',
    fields: [
      { name: 'key', type: describe(snapshot.nested[0]!) },
      { name: 'value', type: describe(snapshot.nested[1]!), nullable: true },
    ],
  }),
  codec(snapshot, compiler) {
    const key = compiler.compile(snapshot.nested[0]!, 'key');
    const value = compiler.compile(snapshot.nested[1]!, 'value');
    return mapCodec(compiler, key, value, 'MapSerializer');
  },
});
