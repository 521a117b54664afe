import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';

/** A split of the Kafka source: a partition, and where reading it goes on. */
export interface KafkaSplit {
  /** `topic-partition`. */
  readonly id: string;
  /** Next offset to read; -2: the earliest, -3: the one that was committed. */
  readonly startingOffset: bigint;
  /** The same bytes with another offset. */
  withOffset(offset: bigint): Uint8Array;
}

const VERSION = 0;

/**
 *     i32  version of the split's serializer: 0
 *     i32  length of what follows
 *     utf  topic
 *     i32  partition
 *     i64  starting offset
 *     i64  stopping offset; -2^63 for none
 *
 * An element of the state SourceReaderState. Follows `SimpleVersionedListState` of Flink 1.20 and 2.3, and
 * `KafkaPartitionSplitSerializer` of the Kafka connector, 3.x and 4.x. Undefined for anything else.
 */
export function readKafkaSplit(bytes: Uint8Array): KafkaSplit | undefined {
  const input = new DataInputView(bytes);
  try {
    if (input.readInt() !== VERSION || input.readInt() !== input.remaining) return undefined;
    const topic = input.readUTF('topic');
    const partition = input.readInt();
    const at = input.pos;
    const startingOffset = input.readLong();
    input.readLong();
    if (input.remaining > 0 || partition < 0) return undefined;
    return {
      id: `${topic}-${partition}`,
      startingOffset,
      withOffset: (offset) => withLong(bytes, at, offset),
    };
  } catch (error) {
    if (error instanceof StatewrightError) return undefined;
    throw error;
  }
}

function withLong(bytes: Uint8Array, at: number, value: bigint): Uint8Array {
  const output = new DataOutputView();
  output.writeBytes(bytes.subarray(0, at));
  output.writeLong(value);
  output.writeBytes(bytes.subarray(at + 8));
  return output.toBytes();
}
