import type { Codec, SerializerSnapshot } from '@statewright/serializers';
import { elementSerializer, withoutTtlAware } from '../headers/ttl.js';
import type { State, StreamState } from '../model.js';
import type { CodecCache } from './codec-cache.js';
import { legacyTimerCodec } from './legacy-timer-codec.js';
import { mayRunToLimit } from './may-run.js';
import { openCodec } from './open-codec.js';
import { RepeatedKeys } from './repeated-keys.js';

/** How the entries of a keyed state are put together. */
export type Shape = 'plain' | 'list' | 'map' | 'timer' | 'opaque';

/** Everything the decoders need to know of one keyed state of one stream. */
export interface StatePlan {
  readonly state: State;
  readonly shape: Shape;
  readonly ttl: boolean;
  readonly key: Codec;
  readonly namespace: Codec;
  /** Plain: the state's; list: the element's; map: the value's; timer: the timer's. */
  readonly value: Codec;
  /** Map only. */
  readonly userKey: Codec | undefined;
  /** The whole state's, as the heap writes it. */
  readonly whole: Codec;
  /** A key may turn out to be opaque, without an end of its own; likewise a namespace. */
  readonly keyMayRun: boolean;
  readonly namespaceMayRun: boolean;
  /** Timer of raw keyed state: key, namespace, timestamp. */
  readonly legacyTimer: boolean;
  /** Timer: key and namespace are read one by one, since the key may be opaque. */
  readonly splitTimer: boolean;
  /** Key and namespace are followed by their lengths in a composite key. */
  readonly ambiguous: boolean;
  /** Bytes of a namespace, where all have the same; to find the end of a key that does not tell it. */
  readonly namespaceBytes: number;
  /** Bytes of a map's key, where all have the same. */
  readonly userKeyBytes: number;
  /** Keys of maps that were decoded before. */
  readonly repeatedKeys: RepeatedKeys;
}

/** The plan of a keyed state. */
export function planState(state: State, as: StreamState, codecs: CodecCache): StatePlan {
  const shape = shapeOf(as);
  const element = elementSerializer(as);
  const whole = as.kind === 'timer' && shape === 'opaque' ? notATimer(as) : codecs.get(as.valueSerializer);
  const userKey = shape === 'map' ? codecs.get(userKeySerializer(as)!) : undefined;
  return {
    state,
    shape,
    ttl: as.ttl,
    value: shape === 'list' || shape === 'map' ? codecs.get(element!) : whole,
    userKey,
    whole,
    userKeyBytes: userKey?.length ?? -1,
    repeatedKeys: new RepeatedKeys(),
    legacyTimer: false,
    ...keyPartsOf(as, shape, whole, codecs),
  };
}

/** The elements of a priority queue whose serializer is not that of timers. */
function notATimer({ valueSerializer }: StreamState): Codec {
  const { className } = valueSerializer;
  const why =
    'unreadable' in valueSerializer
      ? String(valueSerializer.unreadable)
      : `a queue of ${JSON.stringify(className)} holds no timers`;
  return openCodec(why);
}

function keyPartsOf(as: StreamState, shape: Shape, whole: Codec, codecs: CodecCache): KeyParts {
  if (shape === 'timer') return timerParts(as, whole, codecs);
  // What a queue holds stands where other states have their key: it must not be read as one.
  const nothingKnown = { ...as, keySerializer: undefined, namespaceSerializer: undefined };
  return keyParts(as.kind === 'timer' ? nothingKnown : as, whole, codecs);
}

type KeyParts = Pick<
  StatePlan,
  'key' | 'namespace' | 'ambiguous' | 'keyMayRun' | 'namespaceMayRun' | 'namespaceBytes' | 'splitTimer'
>;

function keyParts(as: StreamState, whole: Codec, codecs: CodecCache): KeyParts {
  const { keySerializer, namespaceSerializer } = as;
  const key = keySerializer === undefined ? whole : codecs.get(keySerializer);
  const namespace = namespaceSerializer === undefined ? whole : codecs.get(namespaceSerializer);
  return {
    key,
    namespace,
    ambiguous: key.length < 0 && namespace.length < 0 && isReadable(keySerializer, namespaceSerializer),
    keyMayRun: mayRunToLimit(key),
    namespaceMayRun: mayRunToLimit(namespace),
    namespaceBytes: namespaceSerializer === undefined ? -1 : fixedBytes(namespaceSerializer, namespace),
    splitTimer: false,
  };
}

/** A timer holds key and namespace itself, by the serializers nested in its own. */
function timerParts(as: StreamState, whole: Codec, codecs: CodecCache): KeyParts {
  const [keySerializer, namespaceSerializer] = as.valueSerializer.nested;
  if (keySerializer === undefined || namespaceSerializer === undefined) return keyParts(as, whole, codecs);
  const parts = keyParts({ ...as, keySerializer, namespaceSerializer }, whole, codecs);
  return { ...parts, ambiguous: false, splitTimer: parts.keyMayRun };
}

/** A serializer that could not be read does not tell its length, and so not whether lengths follow. */
function isReadable(...snapshots: readonly (SerializerSnapshot | undefined)[]): boolean {
  return snapshots.every((each) => each !== undefined && !('unreadable' in each));
}

function shapeOf(as: StreamState): Shape {
  if (as.kind === 'timer') return isTimer(as.valueSerializer) ? 'timer' : 'opaque';
  if (as.kind === 'unknown') return 'opaque';
  const element = elementSerializer(as);
  if (as.kind === 'list') return element !== undefined && holds(as, LISTS) ? 'list' : 'opaque';
  if (as.kind !== 'map') return 'plain';
  const known = element !== undefined && userKeySerializer(as) !== undefined;
  return known && holds(as, MAPS) ? 'map' : 'opaque';
}

const TIMER = 'org.apache.flink.streaming.api.operators.TimerSerializerSnapshot';

function isTimer(snapshot: SerializerSnapshot): boolean {
  return snapshot.className === TIMER && isReadable(snapshot);
}

const LISTS = [
  'org.apache.flink.api.common.typeutils.base.ListSerializerSnapshot',
  'org.apache.flink.runtime.state.ArrayListSerializerSnapshot',
];
const MAPS = ['org.apache.flink.api.common.typeutils.base.MapSerializerSnapshot'];

/** Whether the state's serializer is one whose nested serializers are those of its elements. */
function holds(as: StreamState, classNames: readonly string[]): boolean {
  return as.stateV2 || classNames.includes(withoutTtlAware(as.valueSerializer).className);
}

function userKeySerializer(as: StreamState): SerializerSnapshot | undefined {
  return as.stateV2 ? as.userKeySerializer : withoutTtlAware(as.valueSerializer).nested[0];
}

const VOID_NAMESPACE =
  'org.apache.flink.runtime.state.VoidNamespaceSerializer$VoidNamespaceSerializerSnapshot';

/** VoidNamespaceSerializer says that its length is 0 and writes one byte. */
function fixedBytes(snapshot: SerializerSnapshot, codec: Codec): number {
  return snapshot.className === VOID_NAMESPACE ? 1 : codec.length;
}

/** The plan of a timer queue in raw keyed state. */
export function planLegacyTimer(state: State, as: StreamState, codecs: CodecCache): StatePlan {
  const plan = planState(state, as, codecs);
  const [key, namespace] = as.valueSerializer.nested;
  const whole = legacyTimerCodec(key!, namespace!, codecs) as Codec;
  return { ...plan, whole, value: whole, legacyTimer: true };
}
