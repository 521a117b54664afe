import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleFormat, HandleReader, HandleWriter } from './format.js';
import { type ChangelogStateBackendHandle, HANDLE_TAG, type KeyedStateHandle } from './model.js';
import { readKeyGroupRange } from './numbers.js';

/**
 * State of the changelog backend: materialized state and the changes since.
 *
 *   i32     startKeyGroup
 *   i32     numberOfKeyGroups
 *   i64     checkpointedSize
 *   i32     n, then n × keyed handle: materialized
 *   i32     n, then n × keyed handle: not materialized (tags 9, 10, 13)
 *   i64     materializationId
 *   i64     checkpointId, tag 14 only
 *   utf     stateHandleId
 *
 * Follows `MetadataV2V3SerializerBase#deserializeKeyedStateHandle` (Flink 2.3).
 */
function readChangelog(
  input: DataInputView,
  start: number,
  tag: number,
  reader: HandleReader,
): ChangelogStateBackendHandle {
  const range = readKeyGroupRange(input);
  const checkpointedSize = input.readLong('checkpointed size');
  const materialized = readHandles(input, reader);
  const nonMaterialized = readHandles(input, reader);
  const materializationId = input.readLong('materialization id');
  const v2 = tag === HANDLE_TAG.CHANGELOG_HANDLE_V2;
  const checkpointId = v2 ? input.readLong('checkpoint id') : undefined;
  const stateHandleId = input.readUTF('state handle id');
  return {
    type: 'changelog',
    span: input.spanFrom(start),
    tag,
    startKeyGroup: range.start,
    numberOfKeyGroups: range.count,
    checkpointedSize,
    materialized,
    nonMaterialized,
    materializationId,
    checkpointId,
    stateHandleId,
  };
}

function readHandles(input: DataInputView, reader: HandleReader): (KeyedStateHandle | undefined)[] {
  const count = input.readCount('changelog handles');
  const handles: (KeyedStateHandle | undefined)[] = [];
  input.enter('changelog handle');
  for (let i = 0; i < count; i++) handles.push(reader.readKeyed(input));
  input.leave();
  return handles;
}

function writeChangelog(
  output: DataOutputView,
  handle: ChangelogStateBackendHandle,
  writer: HandleWriter,
): void {
  output.writeInt(handle.startKeyGroup);
  output.writeInt(handle.numberOfKeyGroups);
  output.writeLong(handle.checkpointedSize);
  for (const handles of [handle.materialized, handle.nonMaterialized]) {
    output.writeInt(handles.length);
    for (const each of handles) writer.writeKeyed(output, each);
  }
  output.writeLong(handle.materializationId);
  if (handle.checkpointId !== undefined) output.writeLong(handle.checkpointId);
  output.writeUTF(handle.stateHandleId);
}

function format(tag: number, since: string, until?: string): HandleFormat<ChangelogStateBackendHandle> {
  return {
    tag,
    name: 'ChangelogStateBackendHandle',
    place: 'keyed',
    since,
    ...(until === undefined ? {} : { until }),
    read: (input, start, reader) => readChangelog(input, start, tag, reader),
    write: writeChangelog,
  };
}

export const changelog = format(HANDLE_TAG.CHANGELOG_HANDLE, '1.14', '1.15');
export const changelogV2 = format(HANDLE_TAG.CHANGELOG_HANDLE_V2, '1.16');
