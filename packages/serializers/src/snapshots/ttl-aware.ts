import type { SerializerSnapshot, SnapshotFormat } from '../model.js';

/** What a `TtlAwareSerializerSnapshot` holds: one snapshot and whether it is that of a TTL state. */
export interface TtlAwareSnapshot extends SerializerSnapshot {
  readonly isTtlEnabled: boolean;
}

/**
 *     bool isTtlEnabled
 *     versioned snapshot
 *
 * Follows `org.apache.flink.runtime.state.ttl.TtlAwareSerializerSnapshot`, Flink 2.1. Values are those of the wrapped
 * serializer.
 */
export const TTL_AWARE: SnapshotFormat<TtlAwareSnapshot> = {
  classNames: ['org.apache.flink.runtime.state.ttl.TtlAwareSerializerSnapshot'],
  versions: [1],
  notes: {
    type: 'that of the wrapped',
    serializer: 'TtlAwareSerializer',
    flink: '2.0-2.3',
    values: 'as the wrapped',
  },
  read(input, { className, version, start }, reader) {
    const isTtlEnabled = input.readBoolean('TTL enabled');
    const nested = [reader.readVersioned(input)];
    return { className, version, isTtlEnabled, nested, span: input.spanFrom(start) };
  },
  write(output, snapshot, writer) {
    output.writeBoolean(snapshot.isTtlEnabled);
    writer.writeVersioned(output, snapshot.nested[0]!);
  },
  describe: (snapshot, describe) => describe(snapshot.nested[0]!),
  codec: (snapshot, compiler) => compiler.compile(snapshot.nested[0]!, 'value'),
};
