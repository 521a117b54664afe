import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleFormat } from './format.js';
import { type EmptySegmentFileStateHandle, HANDLE_TAG, type SegmentFileStateHandle } from './model.js';
import { readPosition } from './numbers.js';

/**
 * The bytes `[startPos, startPos + stateSize)` of a file that several states share (file merging, FLIP-306).
 *
 *   i64  startPos
 *   i64  stateSize
 *   i32  scope: ordinal of CheckpointedStateScope, 0 EXCLUSIVE, 1 SHARED
 *   utf  filePath of the physical file, a URI
 *   utf  logicalFileId
 *
 * Follows `MetadataV2V3SerializerBase#deserializeStreamStateHandle` (Flink 2.3).
 */
function readSegmentFile(input: DataInputView, start: number): SegmentFileStateHandle {
  const startPos = readPosition(input, 'segment start');
  const stateSize = readPosition(input, 'state size');
  const scope = input.readInt('state scope');
  const filePath = input.readUTF('file path');
  const logicalFileId = input.readUTF('logical file id');
  const span = input.spanFrom(start);
  return { type: 'segment-file', span, startPos, stateSize, scope, filePath, logicalFileId };
}

function writeSegmentFile(output: DataOutputView, handle: SegmentFileStateHandle): void {
  output.writeLong(BigInt(handle.startPos));
  output.writeLong(BigInt(handle.stateSize));
  output.writeInt(handle.scope);
  output.writeUTF(handle.filePath);
  output.writeUTF(handle.logicalFileId);
}

export const segmentFile: HandleFormat<SegmentFileStateHandle> = {
  tag: HANDLE_TAG.SEGMENT_FILE_HANDLE,
  name: 'SegmentFileStateHandle',
  place: 'stream',
  since: '1.20',
  read: readSegmentFile,
  write: writeSegmentFile,
};

/** A placeholder where a segment would stand: the type byte and nothing else. */
export const emptySegmentFile: HandleFormat<EmptySegmentFileStateHandle> = {
  tag: HANDLE_TAG.EMPTY_SEGMENT_FILE_HANDLE,
  name: 'EmptySegmentFileStateHandle',
  place: 'stream',
  since: '1.20',
  read: (input, start) => ({ type: 'empty-segment-file', span: input.spanFrom(start) }),
  write: () => {},
};
