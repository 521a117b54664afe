import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { type HandleOutput, readStreamHandle } from '../handles/index.js';
import { readPosition, readPositions } from '../handles/numbers.js';
import type { ChannelStateHandle, MergedChannelStateHandle, SingleChannelStateHandle } from './model.js';

/** Which end of a channel a handle belongs to; V6 tells them apart by their type bytes. */
export type ChannelSide = 'input' | 'output';

/** How one metadata version writes channel state handles. */
export interface ChannelStateFormat {
  read(input: DataInputView, side: ChannelSide): ChannelStateHandle;
  write(output: DataOutputView, side: ChannelSide, handle: ChannelStateHandle, handles: HandleOutput): void;
}

/**
 * In-flight records of one channel.
 *
 *   i32     subtaskIndex
 *   i32     input: gateIdx; output: partitionIdx
 *   i32     input: inputChannelIdx; output: subPartitionIdx
 *   i32     n, then n × i64 offset in the delegate
 *   i64     stateSize
 *   handle  delegate, a stream handle
 *
 * Follows `ChannelStateHandleSerializerV1` (Flink 2.3), `ChannelStateHandleSerializer` before 2.1.
 */
function readSingle(input: DataInputView, start: number): SingleChannelStateHandle {
  const subtaskIndex = input.readInt('subtask index');
  const gateOrPartition = input.readInt('channel info');
  const channel = input.readInt('channel info');
  const offsets = readPositions(input, 'channel state offsets');
  const stateSize = readPosition(input, 'state size');
  const delegate = readStreamHandle(input);
  const span = input.spanFrom(start);
  return { type: 'channel', span, subtaskIndex, gateOrPartition, channel, offsets, stateSize, delegate };
}

function writeSingle(output: DataOutputView, handle: SingleChannelStateHandle, handles: HandleOutput): void {
  output.writeInt(handle.subtaskIndex);
  output.writeInt(handle.gateOrPartition);
  output.writeInt(handle.channel);
  output.writeInt(handle.offsets.length);
  for (const offset of handle.offsets) output.writeLong(BigInt(offset));
  output.writeLong(BigInt(handle.stateSize));
  handles.writeStream(output, handle.delegate);
}

/**
 * In-flight records of several channels in one stream.
 *
 *   i32     subtaskIndex
 *   i64     stateSize
 *   handle  delegate, a stream handle
 *   i32     length, then that many bytes of channel offsets
 *
 * Follows `ChannelStateHandleSerializerV2` (Flink 2.3).
 */
function readMerged(input: DataInputView, start: number): MergedChannelStateHandle {
  const subtaskIndex = input.readInt('subtask index');
  const stateSize = readPosition(input, 'state size');
  const delegate = readStreamHandle(input);
  const length = input.readCount('channel offsets');
  const at = input.filePos;
  input.skip(length, 'channel offsets');
  const channelOffsets = input.spanFrom(at);
  const span = input.spanFrom(start);
  return { type: 'merged-channels', span, subtaskIndex, stateSize, delegate, channelOffsets };
}

function writeMerged(output: DataOutputView, handle: MergedChannelStateHandle, handles: HandleOutput): void {
  output.writeInt(handle.subtaskIndex);
  output.writeLong(BigInt(handle.stateSize));
  handles.writeStream(output, handle.delegate);
  output.writeBytes32(handles.data(handle.channelOffsets));
}

/** V3 to V5: one channel each, no type byte. */
export const CHANNEL_STATE_V1: ChannelStateFormat = {
  read: (input) => readSingle(input, input.filePos),
  write: (output, _side, handle, handles) => {
    // A version before 6 never yields a merged handle, so none can come back to be written.
    writeSingle(output, handle as SingleChannelStateHandle, handles);
  },
};

const SINGLE_TAG = { input: 1, output: 2 } as const;
const MERGED_TAG = { input: 3, output: 4 } as const;

/**
 *   i8  1 input channel, 2 result subpartition, 3 merged input channels, 4 merged result subpartitions; then its fields
 *
 * Follows `ChannelStateHandleSerializerV2` (Flink 2.3).
 */
function readV2(input: DataInputView, side: ChannelSide): ChannelStateHandle {
  const start = input.filePos;
  const tag = input.readByte('channel state handle');
  if (tag === SINGLE_TAG[side]) return readSingle(input, start);
  if (tag === MERGED_TAG[side]) return readMerged(input, start);
  input.pos -= 1;
  const reason = `type byte ${tag} is neither ${SINGLE_TAG[side]} nor ${MERGED_TAG[side]}`;
  throw input.error('UNKNOWN_HANDLE', 'channel state handle', reason);
}

/** V6. */
export const CHANNEL_STATE_V2: ChannelStateFormat = {
  read: readV2,
  write: (output, side, handle, handles) => {
    if (handle.type === 'channel') {
      output.writeByte(SINGLE_TAG[side]);
      writeSingle(output, handle, handles);
    } else {
      output.writeByte(MERGED_TAG[side]);
      writeMerged(output, handle, handles);
    }
  },
};
