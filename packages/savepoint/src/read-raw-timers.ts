import { DataInputView, StatewrightError } from '@statewright/bytes';
import type { Codec, SnapshotFormat } from '@statewright/serializers';
import { CodecCache } from './entries/codec-cache.js';
import { legacyTimerCodec, skipTimers } from './entries/legacy-timer-codec.js';
import type { SnapshotRead } from './headers/snapshot-read.js';
import {
  readTimerService,
  readTimerServiceCount,
  type TimerService,
  timerSerializer,
} from './headers/timer-services.js';
import type { StateStream, StreamState } from './model.js';
import type { StreamBytes } from './stream-bytes.js';

/** How much of the first key group is looked at. */
const PROBE = 64 * 1024;

/**
 * Heap timers that Flink wrote into raw keyed state (RocksDB with heap timers): the states of a raw stream, two queues for
 * each timer service. Raw state that does not read as timers is its operator's own.
 */
export async function readRawTimers(
  stream: StateStream,
  bytes: StreamBytes,
  readSnapshot: SnapshotRead,
  formats: readonly SnapshotFormat[],
): Promise<StateStream> {
  const offsets = stream.keyGroupOffsets.filter((offset) => offset >= 0);
  if (offsets.length === 0) return stream;
  const start = Math.min(...offsets);
  const end = Math.min(bytes.size, start + PROBE);
  const input = new DataInputView(await bytes.read(start, end), bytes.file, bytes.fileOffset + start);
  try {
    const count = readTimerServiceCount(input);
    if (count === undefined) return stream;
    const states: StreamState[] = [];
    for (let i = 0; i < count; i++) {
      const at = input.filePos;
      const service = readTimerService(input, readSnapshot);
      states.push(...timerStates(service, input.spanFrom(at), readSnapshot, formats));
      // Every key group names all services, but those behind the first only behind its timers.
      if (i < count - 1) skipTimers(input, timerCodec(service, new CodecCache(formats)));
    }
    return { ...stream, states, rawTimers: true };
  } catch (error) {
    if (!(error instanceof StatewrightError)) throw error;
    // Raw state is its operator's own: what does not read as timers is simply something else.
    return { ...stream, problem: error.message };
  }
}

function timerCodec(service: TimerService, codecs: CodecCache): Codec {
  return legacyTimerCodec(service.keySerializer, service.namespaceSerializer, codecs) as Codec;
}

function timerStates(
  service: TimerService,
  span: StreamState['span'],
  readSnapshot: SnapshotRead,
  formats: readonly SnapshotFormat[],
): StreamState[] {
  const valueSerializer = timerSerializer(service, readSnapshot, formats);
  return ['event', 'processing'].map((time) => ({
    name: `_timer_state/${time}_${service.name}`,
    kind: 'timer',
    keySerializer: service.keySerializer,
    namespaceSerializer: undefined,
    valueSerializer,
    stateV2: false,
    userKeySerializer: undefined,
    ttl: false,
    offsets: [],
    span,
    nameSpan: span,
  }));
}
