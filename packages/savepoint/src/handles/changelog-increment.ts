import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleFormat, HandleReader, HandleWriter } from './format.js';
import { type ChangelogStateHandleStream, HANDLE_TAG, type InMemoryChangelogStateHandle } from './model.js';
import { readKeyGroupRange } from './numbers.js';

/**
 * Changes that lie in the metadata itself.
 *
 *   i32  startKeyGroup
 *   i32  numberOfKeyGroups
 *   i64  from, sequence number
 *   i64  to, sequence number
 *   i32  n, then n × (i32 keyGroup, -1 for metadata; i32 length, bytes of the change)
 *   utf  stateHandleId
 *
 * Follows `MetadataV2V3SerializerBase#deserializeKeyedStateHandle` (Flink 2.3).
 */
function readBytesIncrement(input: DataInputView, start: number): InMemoryChangelogStateHandle {
  const range = readKeyGroupRange(input);
  const from = input.readLong('sequence number');
  const to = input.readLong('sequence number');
  const count = input.readCount('state changes', 8);
  const changes: { keyGroup: number; change: InMemoryChangelogStateHandle['span'] }[] = [];
  for (let i = 0; i < count; i++) {
    const keyGroup = input.readInt('key group');
    const length = input.readCount('state change');
    const at = input.filePos;
    input.skip(length, 'state change');
    changes.push({ keyGroup, change: input.spanFrom(at) });
  }
  const stateHandleId = input.readUTF('state handle id');
  return {
    type: 'changelog-bytes',
    span: input.spanFrom(start),
    startKeyGroup: range.start,
    numberOfKeyGroups: range.count,
    from,
    to,
    changes,
    stateHandleId,
  };
}

function writeBytesIncrement(
  output: DataOutputView,
  handle: InMemoryChangelogStateHandle,
  writer: HandleWriter,
): void {
  output.writeInt(handle.startKeyGroup);
  output.writeInt(handle.numberOfKeyGroups);
  output.writeLong(handle.from);
  output.writeLong(handle.to);
  output.writeInt(handle.changes.length);
  for (const each of handle.changes) {
    output.writeInt(each.keyGroup);
    output.writeBytes32(writer.data(each.change));
  }
  output.writeUTF(handle.stateHandleId);
}

/**
 * Changes that lie in files.
 *
 *   i32  startKeyGroup
 *   i32  numberOfKeyGroups
 *   i32  n, then n × (i64 offset in the stream, stream handle)
 *   i64  stateSize
 *   i64  checkpointedSize
 *   utf  stateHandleId
 *   utf  storageIdentifier, tag 13 only; tag 10 means `filesystem`
 *
 * Follows `MetadataV2V3SerializerBase#deserializeKeyedStateHandle` (Flink 2.3).
 */
function readFileIncrement(
  input: DataInputView,
  start: number,
  tag: number,
  reader: HandleReader,
): ChangelogStateHandleStream {
  const range = readKeyGroupRange(input);
  const count = input.readCount('changelog streams', 9);
  const handles: { offset: bigint; handle: ReturnType<HandleReader['readStream']> }[] = [];
  for (let i = 0; i < count; i++) {
    const offset = input.readLong('changelog offset');
    handles.push({ offset, handle: reader.readStream(input) });
  }
  const stateSize = input.readLong('state size');
  const checkpointedSize = input.readLong('checkpointed size');
  const stateHandleId = input.readUTF('state handle id');
  const v2 = tag === HANDLE_TAG.CHANGELOG_FILE_INCREMENT_HANDLE_V2;
  const storageIdentifier = v2 ? input.readUTF('storage identifier') : undefined;
  return {
    type: 'changelog-files',
    span: input.spanFrom(start),
    tag,
    startKeyGroup: range.start,
    numberOfKeyGroups: range.count,
    handles,
    stateSize,
    checkpointedSize,
    stateHandleId,
    storageIdentifier,
  };
}

function writeFileIncrement(
  output: DataOutputView,
  handle: ChangelogStateHandleStream,
  writer: HandleWriter,
): void {
  output.writeInt(handle.startKeyGroup);
  output.writeInt(handle.numberOfKeyGroups);
  output.writeInt(handle.handles.length);
  for (const each of handle.handles) {
    output.writeLong(each.offset);
    writer.writeStream(output, each.handle);
  }
  output.writeLong(handle.stateSize);
  output.writeLong(handle.checkpointedSize);
  output.writeUTF(handle.stateHandleId);
  if (handle.storageIdentifier !== undefined) output.writeUTF(handle.storageIdentifier);
}

export const changelogBytes: HandleFormat<InMemoryChangelogStateHandle> = {
  tag: HANDLE_TAG.CHANGELOG_BYTE_INCREMENT_HANDLE,
  name: 'InMemoryChangelogStateHandle',
  place: 'keyed',
  since: '1.14',
  read: readBytesIncrement,
  write: writeBytesIncrement,
};

function filesFormat(tag: number, since: string, until?: string): HandleFormat<ChangelogStateHandleStream> {
  return {
    tag,
    name: 'ChangelogStateHandleStreamImpl',
    place: 'keyed',
    since,
    ...(until === undefined ? {} : { until }),
    read: (input, start, reader) => readFileIncrement(input, start, tag, reader),
    write: writeFileIncrement,
  };
}

export const changelogFiles = filesFormat(HANDLE_TAG.CHANGELOG_FILE_INCREMENT_HANDLE, '1.14', '1.15');
export const changelogFilesV2 = filesFormat(HANDLE_TAG.CHANGELOG_FILE_INCREMENT_HANDLE_V2, '1.16');
