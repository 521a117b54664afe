import type { DataInputView } from '@statewright/bytes';
import { type Codec, type SerializerSnapshot, TimerValue } from '@statewright/serializers';
import type { CodecCache } from './codec-cache.js';
import { mayRunToLimit } from './may-run.js';

/**
 * A timer as raw keyed state holds it: key, namespace, `i64` timestamp (not flipped).
 *
 * Follows `InternalTimersSnapshotReaderWriters.LegacyTimerSerializer` (Flink 1.20).
 */
export function legacyTimerCodec(
  keySerializer: SerializerSnapshot,
  namespaceSerializer: SerializerSnapshot,
  codecs: CodecCache,
): Codec<TimerValue> {
  const key = codecs.get(keySerializer);
  const namespace = codecs.get(namespaceSerializer);
  const open = mayRunToLimit(key) || mayRunToLimit(namespace);
  return {
    length: -1,
    delimited: key.delimited && namespace.delimited,
    mayRunToLimit: open,
    read(input) {
      const k = key.read(input);
      if (open && input.openEnd === input.pos) return new TimerValue(0n, k, null);
      const n = namespace.read(input);
      if (open && input.openEnd === input.pos) return new TimerValue(0n, k, n);
      return new TimerValue(input.readLong('timer timestamp'), k, n);
    },
    write(output, timer) {
      key.write(output, timer.key);
      namespace.write(output, timer.namespace);
      output.writeLong(timer.timestampMillis);
    },
    skip(input) {
      skipParts(input, key, open);
      if (open && input.openEnd === input.pos) return;
      skipParts(input, namespace, open);
      if (open && input.openEnd === input.pos) return;
      input.skip(8, 'timer timestamp');
    },
  };
}

function skipParts(input: DataInputView, codec: Codec, open: boolean): void {
  if (open) input.openEnd = -1;
  codec.skip(input);
}

/** Steps over the timers of a service: `i32` count and timers, by event time and by processing time. */
export function skipTimers(input: DataInputView, codec: Codec): void {
  for (let i = 0; i < 2; i++) {
    const count = input.readCount('timers');
    for (let j = 0; j < count; j++) codec.skip(input);
  }
}
