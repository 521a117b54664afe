import java.util.HexFormat;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.runtime.TupleSerializer;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.connectors.kafka.internals.KafkaTopicPartition;

/**
 * What Flink 1.20 writes of the state topic-partition-offset-states of a FlinkKafkaConsumer, whose serializer is put together as
 * FlinkKafkaConsumerBase does it: a line of hex with the serializer's snapshot, then a line for each element. Run with the class path
 * of fixtures/generator (target/flink-1.20/classpath):
 *
 *     javac -cp CLASSPATH -d OUT test/migrate/java/*.java test/migrate/java/org/apache/flink/streaming/connectors/kafka/internals/*.java
 *     java --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED -cp OUT:CLASSPATH KafkaConsumerState > test/migrate/fixtures/kafka-consumer-flink1.20.hex
 */
final class KafkaConsumerState {
    private static final Object[][] ELEMENTS = {
        {"orders", 0, 41L}, {"orders", 1, 0L}, {"zahlungen-ü", 12, Long.MAX_VALUE}, {"", 2147483647, -915623761775L}, {"a", 3, 1L << 40},
    };

    @SuppressWarnings({"unchecked", "rawtypes"})
    public static void main(String[] args) throws Exception {
        TypeSerializer<?>[] fields = {
            new KryoSerializer<>(KafkaTopicPartition.class, new ExecutionConfig()), LongSerializer.INSTANCE,
        };
        TypeSerializer<Tuple2<KafkaTopicPartition, Long>> serializer = new TupleSerializer(Tuple2.class, fields);
        DataOutputSerializer snapshot = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(snapshot, serializer.snapshotConfiguration());
        print(snapshot);
        for (Object[] element : ELEMENTS) {
            DataOutputSerializer bytes = new DataOutputSerializer(64);
            KafkaTopicPartition partition = new KafkaTopicPartition((String) element[0], (int) element[1]);
            serializer.serialize(Tuple2.of(partition, (Long) element[2]), bytes);
            print(bytes);
        }
    }

    private static void print(DataOutputSerializer output) {
        System.out.println(HexFormat.of().formatHex(output.getCopyOfBuffer()));
    }
}
