import type { DataInputView } from '@statewright/bytes';
import type { SerializerSnapshot } from '@statewright/serializers';
import { type FailedSnapshot, isFailed, type SnapshotRead, tryReadSnapshot } from './snapshot-read.js';
import { BACKEND_STATE_TYPE, readStateMetaInfos, type StateMetaInfo } from './state-meta-info.js';

/** Version of `KeyedBackendSerializationProxy` that is read: Flink 1.7 to 2.3. */
const VERSION = 6;

const { KEY_VALUE, PRIORITY_QUEUE, KEY_VALUE_V2 } = BACKEND_STATE_TYPE;
const KEYED_TYPES = [KEY_VALUE, PRIORITY_QUEUE, KEY_VALUE_V2];

/** The header of a managed keyed stream. */
export interface KeyedHeader {
  readonly compressed: boolean;
  readonly keySerializer: SerializerSnapshot | undefined;
  /** The position in this list is the state id. */
  readonly states: readonly StateMetaInfo[];
  /** How many states the header declares; undefined when reading stopped before their number. */
  readonly declaredStates: number | undefined;
  /** The serializer at which reading had to stop, if any. */
  readonly failed: FailedSnapshot | undefined;
}

/**
 *   i32   version 6
 *   bool  whether key groups are snappy-framed
 *   ...   outer serializer snapshot: the key's
 *   i16   n, then n × state meta info
 *
 * Follows `KeyedBackendSerializationProxy` (Flink 2.3). Versions 1 to 5 (Flink 1.6 and older) hold Java-serialized
 * serializers: LEGACY_FORMAT, as in Flink 1.17 and later.
 */
export function readKeyedHeader(input: DataInputView, readSnapshot: SnapshotRead): KeyedHeader {
  expectVersion(input);
  const compressed = input.readBoolean('compression flag');
  const keySerializer = tryReadSnapshot(input, readSnapshot, undefined);
  if (isFailed(keySerializer)) {
    const nothing = { keySerializer: undefined, states: [], declaredStates: undefined };
    return { compressed, ...nothing, failed: keySerializer };
  }
  const { declared, states, failed } = readStateMetaInfos(input, readSnapshot, KEYED_TYPES);
  return { compressed, keySerializer, states, declaredStates: declared, failed };
}

function expectVersion(input: DataInputView): void {
  const kind = 'KeyedBackendSerializationProxy';
  const version = input.readInt(kind);
  if (version === VERSION) return;
  input.pos -= 4;
  if (version >= 1 && version < VERSION) {
    const reason = `version ${version} of Flink 1.6 or older is found but ${VERSION} is the oldest that is read`;
    throw input.error('LEGACY_FORMAT', kind, reason, 4, 'take a savepoint with Flink 1.8 to 1.16');
  }
  throw input.error('UNSUPPORTED_VERSION', kind, `version ${version} is found but ${VERSION} is expected`, 4);
}
