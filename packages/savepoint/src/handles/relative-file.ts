import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleFormat } from './format.js';
import { HANDLE_TAG, type RelativeFileStateHandle } from './model.js';
import { readPosition } from './numbers.js';

/**
 * A file by its path below the metadata's directory. The fields stand in the other order than those of `file`.
 *
 *   utf  relativePath
 *   i64  stateSize in bytes
 *
 * Follows `MetadataV2V3SerializerBase#deserializeStreamStateHandle` (Flink 2.3).
 */
function readRelativeFile(input: DataInputView, start: number): RelativeFileStateHandle {
  const relativePath = input.readUTF('relative path');
  const stateSize = readPosition(input, 'state size');
  return { type: 'relative-file', span: input.spanFrom(start), relativePath, stateSize };
}

function writeRelativeFile(output: DataOutputView, handle: RelativeFileStateHandle): void {
  output.writeUTF(handle.relativePath);
  output.writeLong(BigInt(handle.stateSize));
}

export const relativeFile: HandleFormat<RelativeFileStateHandle> = {
  tag: HANDLE_TAG.RELATIVE_STREAM_STATE_HANDLE,
  name: 'RelativeFileStateHandle',
  place: 'stream',
  since: '1.11',
  read: readRelativeFile,
  write: writeRelativeFile,
};
