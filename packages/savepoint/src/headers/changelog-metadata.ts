import type { DataInputView } from '@statewright/bytes';
import type { SnapshotRead } from './snapshot-read.js';
import { readStateMetaInfo, type StateMetaInfo } from './state-meta-info.js';

/** `StateChangeOperation.METADATA`. */
const METADATA = 8;

/**
 * A change that registers a state.
 *
 *   i8   operation, 8
 *   i32  version of the meta info, 6 or 7
 *   ...  state meta info
 *   ...  TTL configuration and default value as Java objects, state id: not read
 *
 * Undefined for a change that is none. Follows `AbstractStateChangeLogger` of Flink's changelog state backend (1.16); read
 * from the bytes it wrote.
 */
export function readMetadataChange(
  input: DataInputView,
  readSnapshot: SnapshotRead,
): StateMetaInfo | undefined {
  if (input.readByte('state change') !== METADATA) return undefined;
  const version = input.readInt('meta info version');
  if (version !== 6 && version !== 7) {
    input.pos -= 4;
    throw input.error('UNSUPPORTED_VERSION', 'meta info version', `version ${version} is neither 6 nor 7`, 4);
  }
  return readStateMetaInfo(input, readSnapshot);
}
