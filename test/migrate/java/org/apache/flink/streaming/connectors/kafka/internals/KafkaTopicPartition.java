package org.apache.flink.streaming.connectors.kafka.internals;

/** The fields of the class of that name in the Kafka connector of Flink 1.x, which is all that Kryo writes of it. */
public final class KafkaTopicPartition {
    private final String topic;
    private final int partition;
    private final int cachedHash;

    public KafkaTopicPartition(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
        cachedHash = 31 * topic.hashCode() + partition;
    }
}
