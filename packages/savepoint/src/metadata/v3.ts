import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { type HandleOutput, readStreamHandle } from '../handles/index.js';
import type { ByteStreamStateHandle } from '../handles/model.js';
import { CHANNEL_STATE_V1, type ChannelSide, type ChannelStateFormat } from './channel-state.js';
import type { ChannelStateHandle, OperatorState, OperatorSubtaskState } from './model.js';
import { readOperatorId, writeOperatorId } from './operator-id.js';
import { readParallelism, readSubtaskStates } from './parallelism.js';
import { readSubtaskHandles, writeSubtaskHandles } from './subtask-state.js';
import type { MetadataVersion } from './version.js';

/**
 *   16 bytes  operator id
 *   i32       parallelism
 *   i32       maxParallelism
 *   handle    coordinator state, a byte stream or none
 *   i32       n, then n × subtask state; negative when the operator is fully finished: then nothing follows
 *
 * Follows `MetadataV3Serializer` (Flink 2.3).
 */
export function readOperatorState(input: DataInputView, channels: ChannelStateFormat): OperatorState {
  const start = input.filePos;
  const operatorId = readOperatorId(input);
  const parallelism = readParallelism(input);
  const coordinatorState = readCoordinatorState(input);
  const fullyFinished = readFullyFinished(input);
  const count = fullyFinished ? 0 : input.readCount('subtask states', 4);
  const subtaskStates = readSubtaskStates(input, count, parallelism, (at) => readSubtaskState(at, channels));
  return {
    span: input.spanFrom(start),
    operatorName: undefined,
    operatorUid: undefined,
    operatorId,
    ...parallelism,
    chainLength: undefined,
    coordinatorState,
    fullyFinished,
    subtaskStates,
  };
}

function readCoordinatorState(input: DataInputView): ByteStreamStateHandle | undefined {
  const at = input.pos;
  const handle = readStreamHandle(input);
  if (handle === undefined || handle.type === 'byte-stream') return handle;
  input.pos = at;
  const reason = `a handle of type ${handle.type} is found but only a byte stream (type byte 1) is allowed`;
  throw input.error('BAD_VALUE', 'coordinator state', reason);
}

/** Looks at the next `i32`, and steps over it only when it is the -1 of a fully finished operator. */
function readFullyFinished(input: DataInputView): boolean {
  const at = input.pos;
  const count = input.readInt('subtask states');
  if (count === -1) return true;
  input.pos = at;
  return false;
}

/**
 *   i32  subtaskIndex; negative for a finished subtask, -index - 1, and nothing follows
 *   ...  handles
 *   i32  n, then n × channel state handle: input channels
 *   i32  n, then n × channel state handle: result subpartitions
 */
function readSubtaskState(input: DataInputView, channels: ChannelStateFormat): OperatorSubtaskState {
  const start = input.filePos;
  const stored = input.readInt('subtask index');
  if (stored < 0) return finishedSubtask(input, start, -stored - 1);
  const handles = readSubtaskHandles(input);
  const inputChannelState = readChannels(input, 'input', channels);
  const resultSubpartitionState = readChannels(input, 'output', channels);
  return {
    span: input.spanFrom(start),
    subtaskIndex: stored,
    finished: false,
    duration: undefined,
    ...handles,
    inputChannelState,
    resultSubpartitionState,
  };
}

function finishedSubtask(input: DataInputView, start: number, subtaskIndex: number): OperatorSubtaskState {
  return {
    span: input.spanFrom(start),
    subtaskIndex,
    finished: true,
    duration: undefined,
    managedOperatorState: undefined,
    rawOperatorState: undefined,
    managedKeyedState: undefined,
    rawKeyedState: undefined,
    inputChannelState: [],
    resultSubpartitionState: [],
  };
}

function readChannels(
  input: DataInputView,
  side: ChannelSide,
  channels: ChannelStateFormat,
): ChannelStateHandle[] {
  const count = input.readCount('channel state handles', 14);
  const handles: ChannelStateHandle[] = [];
  for (let i = 0; i < count; i++) handles.push(channels.read(input, side));
  return handles;
}

export function writeOperatorState(
  output: DataOutputView,
  state: OperatorState,
  handles: HandleOutput,
  channels: ChannelStateFormat,
): void {
  writeOperatorId(output, state.operatorId);
  output.writeInt(state.parallelism);
  output.writeInt(state.maxParallelism);
  handles.writeStream(output, state.coordinatorState);
  if (state.fullyFinished) {
    output.writeInt(-1);
    return;
  }
  output.writeInt(state.subtaskStates.length);
  for (const subtask of state.subtaskStates) writeSubtaskState(output, subtask, handles, channels);
}

function writeSubtaskState(
  output: DataOutputView,
  subtask: OperatorSubtaskState,
  handles: HandleOutput,
  channels: ChannelStateFormat,
): void {
  if (subtask.finished) {
    output.writeInt(-subtask.subtaskIndex - 1);
    return;
  }
  output.writeInt(subtask.subtaskIndex);
  writeSubtaskHandles(output, subtask, handles);
  output.writeInt(subtask.inputChannelState.length);
  for (const each of subtask.inputChannelState) channels.write(output, 'input', each, handles);
  output.writeInt(subtask.resultSubpartitionState.length);
  for (const each of subtask.resultSubpartitionState) channels.write(output, 'output', each, handles);
}

export const v3: MetadataVersion = {
  version: 3,
  flinkVersions: ['1.11', '1.15'],
  properties: false,
  readOperatorState: (input) => readOperatorState(input, CHANNEL_STATE_V1),
  writeOperatorState: (output, state, handles) =>
    writeOperatorState(output, state, handles, CHANNEL_STATE_V1),
};
