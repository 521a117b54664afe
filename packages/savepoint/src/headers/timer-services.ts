import { DataInputView, DataOutputView } from '@statewright/bytes';
import {
  type SerializerSnapshot,
  type SnapshotFormat,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import type { SnapshotRead } from './snapshot-read.js';

/** `PostVersionedIOReadableWritable.VERSIONED_IDENTIFIER`: -15, -51, -123, -97. */
const VERSIONED_IDENTIFIER = 0xf1cd859f | 0;
/** `InternalTimerServiceSerializationProxy.VERSION`, since Flink 1.8. */
const VERSION = 2;

/** A timer service in raw keyed state: its name and serializers; its timers follow. */
export interface TimerService {
  readonly name: string;
  readonly keySerializer: SerializerSnapshot;
  readonly namespaceSerializer: SerializerSnapshot;
}

/**
 * The head of heap timers in raw keyed state, at the beginning of each key group.
 *
 *   i32  F1 CD 85 9F
 *   i32  version 2
 *   i32  number of timer services, each: head, i32 n, n timers by event time, i32 n, n timers by processing time
 *
 * Gives that number, or undefined where the bytes are something else, as they may be in raw state.
 * Follows `InternalTimerServiceSerializationProxy` (Flink 1.20).
 */
export function readTimerServiceCount(input: DataInputView): number | undefined {
  if (input.remaining < 12 || input.data.getInt32(input.pos) !== VERSIONED_IDENTIFIER) return undefined;
  input.pos += 4;
  const version = input.readInt('InternalTimerServiceSerializationProxy');
  if (version !== VERSION) {
    input.pos -= 4;
    const reason = `version ${version} of timers is found but ${VERSION} (Flink 1.8 and later) is the one that is read`;
    throw input.error('LEGACY_FORMAT', 'InternalTimerServiceSerializationProxy', reason, 4);
  }
  return input.readCount('timer services', 2);
}

/**
 *   utf  service name
 *   ...  versioned serializer snapshot of the key, then of the namespace, without the outer version
 *
 * Follows `InternalTimersSnapshotReaderWriters.InternalTimersSnapshotReaderV2` (Flink 1.20).
 */
export function readTimerService(input: DataInputView, readSnapshot: SnapshotRead): TimerService {
  const name = input.readUTF('timer service name');
  const keySerializer = readVersioned(input, readSnapshot);
  const namespaceSerializer = readVersioned(input, readSnapshot);
  return { name, keySerializer, namespaceSerializer };
}

/** Outer version of a serializer snapshot, `TypeSerializerSnapshotSerializationProxy.VERSION`. */
const OUTER_VERSION = 2;

/** A snapshot that lacks the outer version, read as if it had one. */
function readVersioned(input: DataInputView, readSnapshot: SnapshotRead): SerializerSnapshot {
  const output = new DataOutputView(input.remaining + 4);
  output.writeInt(OUTER_VERSION);
  output.writeBytes(input.bytes.subarray(input.pos, input.limit));
  const outer = new DataInputView(output.view(), input.file, input.filePos - 4);
  const snapshot = readSnapshot(outer);
  input.pos += outer.pos - 4;
  return snapshot;
}

const TIMER_SNAPSHOT = 'org.apache.flink.streaming.api.operators.TimerSerializerSnapshot';

/** The serializer that managed timers of that service would have: what a schema shows for them. */
export function timerSerializer(
  service: TimerService,
  readSnapshot: SnapshotRead,
  formats: readonly SnapshotFormat[],
): SerializerSnapshot {
  const output = new DataOutputView();
  output.writeInt(OUTER_VERSION);
  output.writeUTF(TIMER_SNAPSHOT);
  for (const each of [3, COMPOSITE_MAGIC, 2, NESTED_MAGIC, 1, 2]) output.writeInt(each);
  for (const nested of [service.keySerializer, service.namespaceSerializer]) {
    const bytes = new DataOutputView();
    writeSerializerSnapshot(bytes, nested, formats);
    output.writeBytes(bytes.view().subarray(4));
  }
  const { file } = service.keySerializer.span;
  return readSnapshot(
    new DataInputView(output.toBytes(), `${file} (serializer of ${JSON.stringify(service.name)})`),
  );
}

const COMPOSITE_MAGIC = 911108;
const NESTED_MAGIC = 1333245;
