import { compositeFormat } from '../composite.js';

const CLASS = 'org.apache.flink.api.common.typeutils.SingleThreadAccessCheckingTypeSerializer';

/**
 * A wrapper that changes nothing in the bytes.
 * Follows `SingleThreadAccessCheckingTypeSerializer.SingleThreadAccessCheckingTypeSerializerSnapshot`, Flink 1.20.
 */
export const SINGLE_THREAD_ACCESS_CHECKING = compositeFormat({
  classNames: [`${CLASS}$SingleThreadAccessCheckingTypeSerializerSnapshot`],
  notes: {
    type: 'that of the wrapped',
    serializer: 'SingleThreadAccessCheckingTypeSerializer',
    flink: '1.9-2.3',
    values: 'as the wrapped',
  },
  outerVersions: [1],
  arity: 1,
  describe: (snapshot, describe) => describe(snapshot.nested[0]!),
  codec: (snapshot, compiler) => compiler.compile(snapshot.nested[0]!, 'value'),
});
