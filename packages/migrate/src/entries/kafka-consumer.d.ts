import { type SerializerSnapshot } from '@statewright/serializers';
/** A partition of a FlinkKafkaConsumer, and the offset of the record that it read last. */
export interface ConsumedPartition {
    /** `topic-partition`. */
    readonly id: string;
    readonly lastOffset: bigint;
    /** The element with another last offset. */
    withLast(offset: bigint): unknown;
}
/** Reads elements of the state; undefined for what is none. */
export type ReadConsumed = (element: unknown) => ConsumedPartition | undefined;
/**
 *     Kryo's object  KafkaTopicPartition
 *     i64            offset of the record that was read last, or a number below 0 that stands for none
 *
 * An element of the union state topic-partition-offset-states. Nothing but the class's layout, which has never changed, tells
 * where the object ends: an element is one only when just a long is left behind it and the hash in it is that of topic and
 * partition. Follows `FlinkKafkaConsumerBase` and `KafkaTopicPartition` of Flink 1.14. Undefined for other types.
 */
export declare function kafkaConsumer(element: SerializerSnapshot): ReadConsumed | undefined;
