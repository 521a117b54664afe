import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleFormat, HandleReader, HandleWriter } from './format.js';
import { HANDLE_TAG, type HandleAndLocalPath, type IncrementalKeyedStateHandle } from './model.js';
import { readKeyGroupRange } from './numbers.js';

/**
 * The files of one RocksDB or ForSt instance.
 *
 *   i64     checkpointId
 *   utf     backendId
 *   i32     startKeyGroup
 *   i32     numberOfKeyGroups
 *   i64     checkpointedSize, tag 11 only
 *   handle  metaDataState: a stream that holds a KeyedBackendSerializationProxy
 *   i32     n, then n × (utf local file name, handle): shared state, the .sst files
 *   i32     n, then n × (utf local file name, handle): private state, MANIFEST, CURRENT, OPTIONS
 *   utf     stateHandleId, tag 11 only
 *
 * Follows `MetadataV2V3SerializerBase#deserializeIncrementalStateHandle` (Flink 2.3).
 */
function readIncremental(
  input: DataInputView,
  start: number,
  tag: number,
  reader: HandleReader,
): IncrementalKeyedStateHandle {
  const v2 = tag === HANDLE_TAG.INCREMENTAL_KEY_GROUPS_HANDLE_V2;
  const checkpointId = input.readLong('checkpoint id');
  const backendId = input.readUTF('backend id');
  const range = readKeyGroupRange(input);
  const checkpointedSize = v2 ? input.readLong('checkpointed size') : undefined;
  const metaDataState = reader.readStream(input);
  const sharedState = readFiles(input, reader);
  const privateState = readFiles(input, reader);
  const stateHandleId = v2 ? input.readUTF('state handle id') : undefined;
  return {
    type: 'incremental',
    span: input.spanFrom(start),
    tag,
    checkpointId,
    backendId,
    startKeyGroup: range.start,
    numberOfKeyGroups: range.count,
    checkpointedSize,
    metaDataState,
    sharedState,
    privateState,
    stateHandleId,
  };
}

function readFiles(input: DataInputView, reader: HandleReader): HandleAndLocalPath[] {
  const count = input.readCount('file list', 3);
  const files: HandleAndLocalPath[] = [];
  for (let i = 0; i < count; i++) {
    const localPath = input.readUTF('local file name');
    files.push({ localPath, handle: reader.readStream(input) });
  }
  return files;
}

function writeIncremental(
  output: DataOutputView,
  handle: IncrementalKeyedStateHandle,
  writer: HandleWriter,
): void {
  output.writeLong(handle.checkpointId);
  output.writeUTF(handle.backendId);
  output.writeInt(handle.startKeyGroup);
  output.writeInt(handle.numberOfKeyGroups);
  if (handle.checkpointedSize !== undefined) output.writeLong(handle.checkpointedSize);
  writer.writeStream(output, handle.metaDataState);
  for (const files of [handle.sharedState, handle.privateState]) {
    output.writeInt(files.length);
    for (const each of files) {
      output.writeUTF(each.localPath);
      writer.writeStream(output, each.handle);
    }
  }
  if (handle.stateHandleId !== undefined) output.writeUTF(handle.stateHandleId);
}

function format(tag: number, since: string, until?: string): HandleFormat<IncrementalKeyedStateHandle> {
  return {
    tag,
    name: 'IncrementalRemoteKeyedStateHandle',
    place: 'keyed',
    since,
    ...(until === undefined ? {} : { until }),
    read: (input, start, reader) => readIncremental(input, start, tag, reader),
    write: writeIncremental,
  };
}

export const incremental = format(HANDLE_TAG.INCREMENTAL_KEY_GROUPS_HANDLE, '1.3', '1.14');
export const incrementalV2 = format(HANDLE_TAG.INCREMENTAL_KEY_GROUPS_HANDLE_V2, '1.15');
