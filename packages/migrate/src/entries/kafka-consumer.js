import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import { Opaque, RecordValue } from '@statewright/serializers';
import { compileKryoReader } from '../kryo/compile-kryo-reader.js';
import { parseLayout } from '../kryo/parse-layout.js';
const KAFKA = 'org.apache.flink.streaming.connectors.kafka.internals.KafkaTopicPartition';
const LAYOUT = `final ${KAFKA} { topic: string, partition: int, cachedHash: int }`;
const TUPLE = 'org.apache.flink.api.java.typeutils.runtime.TupleSerializerSnapshot';
const KRYO = 'org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializerSnapshot';
const LONG = 8;
/**
 *     Kryo's object  KafkaTopicPartition
 *     i64            offset of the record that was read last, or a number below 0 that stands for none
 *
 * An element of the union state topic-partition-offset-states. Nothing but the class's layout, which has never changed, tells
 * where the object ends: an element is one only when just a long is left behind it and the hash in it is that of topic and
 * partition. Follows `FlinkKafkaConsumerBase` and `KafkaTopicPartition` of Flink 1.14. Undefined for other types.
 */
export function kafkaConsumer(element) {
    const [first, second] = element.nested;
    if (element.className !== TUPLE || element.nested.length !== 2 || first?.className !== KRYO)
        return undefined;
    if (first.typeClass !== KAFKA || !second.className.includes('.LongSerializer$'))
        return undefined;
    const { layouts } = parseLayout(LAYOUT, (_, reason) => new StatewrightError('INTERNAL', { reason }));
    const read = compileKryoReader({ generation: 2, snapshot: first, layouts });
    return (value) => {
        // The object has no end that the serializer tells, so that all of the element is in the first field.
        const opaque = Array.isArray(value) ? value[0] : undefined;
        if (!(opaque instanceof Opaque))
            return undefined;
        const input = new DataInputView(opaque.bytes);
        const id = partitionOf(input, read);
        if (id === undefined || input.remaining !== LONG)
            return undefined;
        const at = input.pos;
        return {
            id,
            lastOffset: input.readLong(),
            withLast: (offset) => [withLong(opaque, at, offset), ...value.slice(1)],
        };
    };
}
function partitionOf(input, read) {
    try {
        const value = read(input);
        if (!(value instanceof RecordValue))
            return undefined;
        const field = (name) => value.fields[value.shape.names.indexOf(name)];
        const [topic, partition, hash] = [field('topic'), field('partition'), field('cachedHash')];
        if (typeof topic !== 'string' || typeof partition !== 'number')
            return undefined;
        return hash === ((Math.imul(31, stringHash(topic)) + partition) | 0)
            ? `${topic}-${partition}`
            : undefined;
    }
    catch (error) {
        if (error instanceof StatewrightError)
            return undefined;
        throw error;
    }
}
/** `java.lang.String#hashCode`. */
function stringHash(text) {
    let hash = 0;
    for (let i = 0; i < text.length; i++)
        hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
    return hash;
}
function withLong(opaque, at, value) {
    const output = new DataOutputView();
    output.writeBytes(opaque.bytes.subarray(0, at));
    output.writeLong(value);
    return new Opaque(output.toBytes(), opaque.span, opaque.why, opaque.className, opaque.serializer);
}
//# sourceMappingURL=kafka-consumer.js.map