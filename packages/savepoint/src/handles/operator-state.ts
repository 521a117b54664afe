import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleFormat, HandleReader, HandleWriter } from './format.js';
import { type DistributionMode, HANDLE_TAG, type OperatorStateHandle } from './model.js';
import { readPositions } from './numbers.js';

/**
 * Operator state: a stream and the places of each state's elements in it.
 *
 *   i32     n, then n × (utf name, i8 mode, i32 count, count × i64 offset)
 *           mode: ordinal, 0 SPLIT_DISTRIBUTE, 1 UNION, 2 BROADCAST; offsets count from the stream's start
 *   utf     task-owned directory, tag 17 only
 *   utf     shared directory, tag 17 only
 *   bool    isEmpty, tag 17 only
 *   handle  delegate, a stream handle
 *
 * Follows `MetadataV2V3SerializerBase#deserializeOperatorStateHandle` (Flink 2.3).
 */
function readOperatorState(
  input: DataInputView,
  start: number,
  tag: number,
  reader: HandleReader,
): OperatorStateHandle {
  const count = input.readCount('operator state offsets', 7);
  const states: OperatorStateHandle['states'][number][] = [];
  for (let i = 0; i < count; i++) states.push(readOffsets(input));
  const directories =
    tag === HANDLE_TAG.SEGMENT_PARTITIONABLE_OPERATOR_STATE_HANDLE ? readDirectories(input) : undefined;
  const delegate = reader.readStream(input);
  return { type: 'operator-state', span: input.spanFrom(start), tag, states, directories, delegate };
}

function readOffsets(input: DataInputView): OperatorStateHandle['states'][number] {
  const name = input.readUTF('operator state name');
  const mode = input.readByte('distribution mode');
  if (mode < 0 || mode > 2) {
    input.pos -= 1;
    throw input.error('BAD_VALUE', 'distribution mode', `${mode} is not between 0 and 2`);
  }
  return { name, mode: mode as DistributionMode, offsets: readPositions(input, 'operator state offsets') };
}

function readDirectories(input: DataInputView): NonNullable<OperatorStateHandle['directories']> {
  const taskOwned = input.readUTF('task-owned directory');
  const shared = input.readUTF('shared directory');
  const flag = input.readByte('empty flag');
  if (flag !== 0 && flag !== 1) {
    input.pos -= 1;
    throw input.error('BAD_VALUE', 'empty flag', `${flag} is neither 0 nor 1`);
  }
  return { taskOwned, shared, isEmpty: flag === 1 };
}

function writeOperatorState(output: DataOutputView, handle: OperatorStateHandle, writer: HandleWriter): void {
  output.writeInt(handle.states.length);
  for (const state of handle.states) {
    output.writeUTF(state.name);
    output.writeByte(state.mode);
    output.writeInt(state.offsets.length);
    for (const offset of state.offsets) output.writeLong(BigInt(offset));
  }
  if (handle.directories !== undefined) {
    output.writeUTF(handle.directories.taskOwned);
    output.writeUTF(handle.directories.shared);
    output.writeBoolean(handle.directories.isEmpty);
  }
  writer.writeStream(output, handle.delegate);
}

function format(tag: number, name: string, since: string): HandleFormat<OperatorStateHandle> {
  return {
    tag,
    name,
    place: 'operator',
    since,
    read: (input, start, reader) => readOperatorState(input, start, tag, reader),
    write: writeOperatorState,
  };
}

export const partitionable = format(
  HANDLE_TAG.PARTITIONABLE_OPERATOR_STATE_HANDLE,
  'OperatorStreamStateHandle',
  '1.2',
);
export const segmentPartitionable = format(
  HANDLE_TAG.SEGMENT_PARTITIONABLE_OPERATOR_STATE_HANDLE,
  'FileMergingOperatorStreamStateHandle',
  '1.20',
);
