import { fixedCodec } from '../codecs/primitives.js';
import { compositeFormat } from '../composite.js';
import { sequenceCodec } from '../sequence.js';
import { TimerValue } from '../values.js';

const SIGN = -(2n ** 63n);

/** An i64 with its sign bit flipped, so that the bytes sort like the numbers. */
const FLIPPED_LONG = fixedCodec<bigint>(
  8,
  'long',
  (input) => input.readLong('timestamp') ^ SIGN,
  (value) => typeof value === 'bigint' && BigInt.asIntN(64, value) === value,
  (output, value) => output.writeLong(value ^ SIGN),
  () => undefined,
);

/**
 * Value: `i64 timestamp` with the sign bit flipped, key, namespace.
 * Follows `org.apache.flink.streaming.api.operators.TimerSerializerSnapshot`, Flink 1.20.
 */
export const TIMER = compositeFormat({
  classNames: ['org.apache.flink.streaming.api.operators.TimerSerializerSnapshot'],
  notes: { type: 'timer', serializer: 'TimerSerializer', flink: '1.8-2.3', values: 'TimerValue' },
  outerVersions: [1, 2],
  arity: 2,
  describe: (snapshot, describe) => ({
    type: 'timer',
    class: 'org.apache.flink.streaming.api.operators.TimerHeapInternalTimer',
    serializer: 'TimerSerializer',
    fields: [
      { name: 'timestamp', type: { type: 'long', serializer: 'LongSerializer' } },
      { name: 'key', type: describe(snapshot.nested[0]!) },
      { name: 'namespace', type: describe(snapshot.nested[1]!) },
    ],
  }),
  codec(snapshot, compiler) {
    const key = compiler.compile(snapshot.nested[0]!, 'key');
    const namespace = compiler.compile(snapshot.nested[1]!, 'namespace');
    const codec = sequenceCodec(compiler, {
      codecs: [FLIPPED_LONG, key, namespace],
      serializer: 'TimerSerializer',
      finish: (fields) => new TimerValue(fields[0] as bigint, fields[1], fields[2]),
      fieldsOf: (timer) =>
        timer instanceof TimerValue ? [timer.timestampMillis, timer.key, timer.namespace] : undefined,
    });
    const fixed = key.length >= 0 && namespace.length >= 0;
    return { ...codec, length: fixed ? 8 + key.length + namespace.length : -1 };
  },
});
