import { DataInputView } from '@statewright/bytes';
import type { SnapshotRead } from './snapshot-read.js';
import { readStateMetaInfo, type StateMetaInfo } from './state-meta-info.js';

/** `StateChangeOperation.METADATA`. */
const METADATA = 8;

/** Changes of the metadata stand under this in place of a key group. */
const METADATA_KEY_GROUP = -1;

/**
 * The states that a change set registers.
 *
 *   i32  number of groups, each:
 *     i32  number of changes
 *     i32  key group; -1 for changes of the metadata, which come first
 *     changes, each i32 length and that many bytes
 *
 * Follows `StateChangeFormat` of Flink's changelog storage (1.16); read from the bytes it wrote.
 */
export function readRegisteredStates(input: DataInputView, readSnapshot: SnapshotRead): StateMetaInfo[] {
  const states: StateMetaInfo[] = [];
  if (input.readCount('state change groups', 8) === 0) return states;
  const count = input.readCount('state changes', 4);
  if (input.readInt('key group') !== METADATA_KEY_GROUP) return states;
  for (let i = 0; i < count; i++) {
    const length = input.readCount('state change');
    const start = input.filePos;
    const change = new DataInputView(input.readBytes(length), input.file, start);
    const info = readMetadataChange(change, readSnapshot);
    if (info !== undefined) states.push(info);
    if (info?.failed !== undefined) break;
  }
  return states;
}

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
