import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleFormat, HandleWriter } from './format.js';
import { type ByteStreamStateHandle, HANDLE_TAG } from './model.js';

/**
 * State that lies in the metadata itself.
 *
 *   utf  handleName
 *   i32  length, then that many bytes of state
 *
 * Follows `MetadataV2V3SerializerBase#deserializeStreamStateHandle` (Flink 2.3).
 */
function readByteStream(input: DataInputView, start: number): ByteStreamStateHandle {
  const handleName = input.readUTF('handle name');
  const length = input.readCount('inline state');
  const dataStart = input.filePos;
  input.skip(length, 'inline state');
  return { type: 'byte-stream', span: input.spanFrom(start), handleName, data: input.spanFrom(dataStart) };
}

function writeByteStream(output: DataOutputView, handle: ByteStreamStateHandle, writer: HandleWriter): void {
  output.writeUTF(handle.handleName);
  output.writeBytes32(writer.data(handle.data));
}

export const byteStream: HandleFormat<ByteStreamStateHandle> = {
  tag: HANDLE_TAG.BYTE_STREAM_STATE_HANDLE,
  name: 'ByteStreamStateHandle',
  place: 'stream',
  since: '1.2',
  read: readByteStream,
  write: writeByteStream,
};
