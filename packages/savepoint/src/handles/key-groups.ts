import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleFormat, HandleReader, HandleWriter } from './format.js';
import { HANDLE_TAG, type KeyGroupsStateHandle } from './model.js';
import { readKeyGroupRange, readPosition } from './numbers.js';

/**
 * A stream and the place of each key group in it.
 *
 *   i32     startKeyGroup
 *   i32     numberOfKeyGroups
 *   i64 × n offsets in the stream; 0 where a group is absent, -1 for that in raw keyed state
 *   handle  delegate, a stream handle
 *   utf     stateHandleId, tag 12 only
 *
 * Follows `MetadataV2V3SerializerBase#deserializeKeyedStateHandle` (Flink 2.3).
 */
function readKeyGroups(
  input: DataInputView,
  start: number,
  tag: number,
  reader: HandleReader,
): KeyGroupsStateHandle {
  const range = readKeyGroupRange(input);
  input.need(range.count * 8, 'key-group offsets');
  const offsets = new Array<number>(range.count);
  for (let i = 0; i < range.count; i++) offsets[i] = readPosition(input, 'key-group offset');
  input.enter('key groups handle');
  const delegate = reader.readStream(input);
  input.leave();
  const stateHandleId =
    tag === HANDLE_TAG.KEY_GROUPS_HANDLE_V2 ? input.readUTF('state handle id') : undefined;
  const span = input.spanFrom(start);
  return { type: 'key-groups', span, tag, startKeyGroup: range.start, offsets, delegate, stateHandleId };
}

function writeKeyGroups(output: DataOutputView, handle: KeyGroupsStateHandle, writer: HandleWriter): void {
  output.writeInt(handle.startKeyGroup);
  output.writeInt(handle.offsets.length);
  for (const offset of handle.offsets) output.writeLong(BigInt(offset));
  writer.writeStream(output, handle.delegate);
  if (handle.stateHandleId !== undefined) output.writeUTF(handle.stateHandleId);
}

function format(
  tag: number,
  name: string,
  place: 'keyed' | 'stream',
  since: string,
  until?: string,
): HandleFormat<KeyGroupsStateHandle> {
  return {
    tag,
    name,
    place,
    since,
    ...(until === undefined ? {} : { until }),
    read: (input, start, reader) => readKeyGroups(input, start, tag, reader),
    write: writeKeyGroups,
  };
}

export const keyGroups = format(HANDLE_TAG.KEY_GROUPS_HANDLE, 'KeyGroupsStateHandle', 'keyed', '1.2', '1.14');
export const keyGroupsV2 = format(HANDLE_TAG.KEY_GROUPS_HANDLE_V2, 'KeyGroupsStateHandle', 'keyed', '1.15');
export const savepointKeyGroups = format(
  HANDLE_TAG.SAVEPOINT_KEY_GROUPS_HANDLE,
  'KeyGroupsSavepointStateHandle',
  'keyed',
  '1.12',
);
/** The same handle where a stream is expected, which old writers nested. */
export const keyGroupsStream = format(HANDLE_TAG.KEY_GROUPS_HANDLE, 'KeyGroupsStateHandle', 'stream', '1.2');
