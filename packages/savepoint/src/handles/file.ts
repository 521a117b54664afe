import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleFormat } from './format.js';
import { type FileStateHandle, HANDLE_TAG } from './model.js';
import { readPosition } from './numbers.js';

/**
 * A file by its absolute path.
 *
 *   i64  stateSize in bytes
 *   utf  filePath, a URI
 *
 * Follows `MetadataV2V3SerializerBase#deserializeStreamStateHandle` (Flink 2.3).
 */
function readFile(input: DataInputView, start: number): FileStateHandle {
  const stateSize = readPosition(input, 'state size');
  const filePath = input.readUTF('file path');
  return { type: 'file', span: input.spanFrom(start), stateSize, filePath };
}

function writeFile(output: DataOutputView, handle: FileStateHandle): void {
  output.writeLong(BigInt(handle.stateSize));
  output.writeUTF(handle.filePath);
}

export const file: HandleFormat<FileStateHandle> = {
  tag: HANDLE_TAG.FILE_STREAM_STATE_HANDLE,
  name: 'FileStateHandle',
  place: 'stream',
  since: '1.2',
  read: readFile,
  write: writeFile,
};
