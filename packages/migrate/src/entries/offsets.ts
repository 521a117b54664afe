import type { SerializerSnapshot } from '@statewright/serializers';
import { toJson } from '@statewright/serializers';
import type { PlanStep } from '../plan/plan.js';
import { cannotChange } from './change-entries.js';
import { type FieldPath, fieldAt, fieldPath } from './field-path.js';
import { fromJson } from './from-json.js';
import { kafkaConsumer, type ReadConsumed } from './kafka-consumer.js';
import { readKafkaSplit } from './kafka-split.js';

/** How the elements of a source's state tell their partition and offset. */
export interface OffsetForm {
  /** How the plan calls the element's partition. CANNOT_ENCODE for an element of another form. */
  partitionOf(element: unknown): string;
  /** The element with another offset, as JSON of the plan. */
  withOffset(element: unknown, offset: unknown): unknown;
  /** Checks an offset of the plan: why it is none, or undefined. */
  refuses(offset: unknown): string | undefined;
}

/** Words for offsets that Kafka's source has numbers for. */
const MARKERS: ReadonlyMap<unknown, bigint> = new Map([
  ['earliest', -2n],
  ['committed', -3n],
]);

const BYTES = 'org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer$';

/** The form of a state's elements: fields that the step names, or a split of the Kafka source. BAD_DOCUMENT for neither. */
export function offsetForm(step: PlanStep, element: SerializerSnapshot): OffsetForm {
  const { partition, offset } = step.options;
  if (partition !== undefined && offset !== undefined) return byFields(step, element);
  if (partition !== undefined || offset !== undefined) {
    throw step.error([], 'partition and offset are given together, or neither');
  }
  if (element.className.startsWith(BYTES)) return kafkaForm(step);
  const consumed = kafkaConsumer(element);
  if (consumed !== undefined) return consumerForm(step, consumed);
  throw step.error(
    [],
    'nothing tells which fields are the partition and its offset',
    'write partition: FIELD, offset: FIELD',
  );
}

const MAX_LONG = 1n << 63n;

/** An offset of the plan: 0 or more, or one of some words. */
function offsetOf(offset: unknown, words: ReadonlyMap<unknown, bigint>): bigint | undefined {
  const word = words.get(offset);
  if (word !== undefined) return word;
  const whole = typeof offset === 'number' && Number.isSafeInteger(offset);
  const text = typeof offset === 'string' && /^\d{1,19}$/.test(offset);
  const value = whole || text ? BigInt(offset as number | string) : -1n;
  return value >= 0n && value < MAX_LONG ? value : undefined;
}

function kafkaForm(step: PlanStep): OffsetForm {
  const split = (element: unknown) => {
    const found = element instanceof Uint8Array ? readKafkaSplit(element) : undefined;
    if (found !== undefined) return found;
    const reason = `the element ${toJson(element)} is no split of the Kafka source, version 0`;
    throw cannotChange(step, reason, 'only splits of Kafka are known; others need map-values with a module');
  };
  return {
    partitionOf: (element) => split(element).id,
    withOffset: (element, offset) => split(element).withOffset(offsetOf(offset, MARKERS)!),
    refuses: (offset) =>
      offsetOf(offset, MARKERS) === undefined
        ? 'an offset of Kafka is 0 or more, "earliest" or "committed"'
        : undefined,
  };
}

/** Words for offsets that FlinkKafkaConsumer has numbers for: `KafkaTopicPartitionStateSentinel` of Flink 1.14. */
const SENTINELS: ReadonlyMap<unknown, bigint> = new Map([
  ['earliest', -915_623_761_775n],
  ['committed', -915_623_761_773n],
]);

/** The state has the offset of the record that was read last, the plan that of the next. */
function consumerForm(step: PlanStep, read: ReadConsumed): OffsetForm {
  const partition = (element: unknown) => {
    const found = read(element);
    if (found !== undefined) return found;
    throw cannotChange(step, `the element ${toJson(element)} is no partition of a FlinkKafkaConsumer`);
  };
  const lastOf = (offset: unknown): bigint | undefined => {
    const next = offsetOf(offset, SENTINELS);
    if (next === undefined || next < 0n) return next;
    return next === 0n ? undefined : next - 1n;
  };
  return {
    partitionOf: (element) => partition(element).id,
    withOffset: (element, offset) => partition(element).withLast(lastOf(offset)!),
    refuses: (offset) =>
      lastOf(offset) === undefined
        ? 'an offset of a FlinkKafkaConsumer is 1 or more, "earliest" or "committed"; of 0 it has no form'
        : undefined,
  };
}

function byFields(step: PlanStep, element: SerializerSnapshot): OffsetForm {
  const partitions = partitionFields(step, element);
  const offset = fieldPath(step, 'offset', element);
  const read = fromJson(offset.type);
  return {
    partitionOf: (one) => partitions.map((field) => textOf(field.get(one))).join('-'),
    withOffset(one, json) {
      const now = offset.replace(one, read(json));
      if (now === undefined) throw cannotChange(step, `the element ${toJson(one)} has no such offset`);
      return now;
    },
    refuses(json) {
      try {
        read(json);
        return undefined;
      } catch (error) {
        return error instanceof Error && 'reason' in error ? String(error.reason) : String(error);
      }
    },
  };
}

/** One field, or several whose texts are joined by `-`: topic and number. */
function partitionFields(step: PlanStep, element: SerializerSnapshot): readonly FieldPath[] {
  const { partition } = step.options;
  if (!Array.isArray(partition)) return [fieldPath(step, 'partition', element)];
  return partition.map((text, i) => fieldAt(step, ['partition', i], String(text), element));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : toJson(value ?? null);
}
