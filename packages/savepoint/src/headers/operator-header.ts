import type { DataInputView } from '@statewright/bytes';
import type { FailedSnapshot, SnapshotRead } from './snapshot-read.js';
import { BACKEND_STATE_TYPE, readStateMetaInfos, type StateMetaInfo } from './state-meta-info.js';

/** First version of `OperatorBackendSerializationProxy` that is read: Flink 1.7 to 1.17. */
const FIRST_VERSION = 5;
/** Flink 1.18 to 2.3: with a compression flag. */
const VERSION_WITH_COMPRESSION = 6;

/** The header of a managed operator state stream. */
export interface OperatorHeader {
  readonly version: number;
  readonly compressed: boolean;
  readonly operatorStates: readonly StateMetaInfo[];
  readonly broadcastStates: readonly StateMetaInfo[];
  /** The serializer at which reading had to stop, if any. */
  readonly failed: FailedSnapshot | undefined;
}

/**
 *   i32   version 5 or 6
 *   bool  whether the data is snappy-framed, version 6 only
 *   i16   n, then n × state meta info: list and union state
 *   i16   n, then n × state meta info: broadcast state
 *
 * Follows `OperatorBackendSerializationProxy` (Flink 2.3). Versions 1 to 4 (Flink 1.6 and older) hold Java-serialized
 * serializers: LEGACY_FORMAT.
 */
export function readOperatorHeader(input: DataInputView, readSnapshot: SnapshotRead): OperatorHeader {
  const version = readVersion(input);
  const compressed = version >= VERSION_WITH_COMPRESSION && input.readBoolean('compression flag');
  const lists = readStateMetaInfos(input, readSnapshot, [BACKEND_STATE_TYPE.OPERATOR]);
  const operatorStates = lists.states;
  if (lists.failed !== undefined)
    return { version, compressed, operatorStates, broadcastStates: [], failed: lists.failed };
  const broadcast = readStateMetaInfos(input, readSnapshot, [BACKEND_STATE_TYPE.BROADCAST]);
  return { version, compressed, operatorStates, broadcastStates: broadcast.states, failed: broadcast.failed };
}

function readVersion(input: DataInputView): number {
  const kind = 'OperatorBackendSerializationProxy';
  const version = input.readInt(kind);
  if (version >= FIRST_VERSION && version <= VERSION_WITH_COMPRESSION) return version;
  input.pos -= 4;
  const range = `${FIRST_VERSION} to ${VERSION_WITH_COMPRESSION}`;
  if (version >= 1 && version < FIRST_VERSION) {
    const reason = `version ${version} of Flink 1.6 or older is found but ${range} are read`;
    throw input.error('LEGACY_FORMAT', kind, reason, 4, 'take a savepoint with Flink 1.8 to 1.16');
  }
  throw input.error('UNSUPPORTED_VERSION', kind, `version ${version} is found but ${range} are read`, 4);
}
