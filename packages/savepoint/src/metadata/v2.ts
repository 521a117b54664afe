import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleOutput } from '../handles/index.js';
import type { OperatorState, OperatorSubtaskState } from './model.js';
import { readOperatorId, writeOperatorId } from './operator-id.js';
import { readParallelism, readSubtaskStates } from './parallelism.js';
import { readSubtaskHandles, writeSubtaskHandles } from './subtask-state.js';
import type { MetadataVersion } from './version.js';

/**
 *   16 bytes  operator id
 *   i32       parallelism
 *   i32       maxParallelism
 *   i32       chain length, without meaning
 *   i32       n, then n × (i32 subtaskIndex, subtask state)
 *
 * Follows `MetadataV2Serializer` (Flink 2.3).
 */
function readOperatorState(input: DataInputView): OperatorState {
  const start = input.filePos;
  const operatorId = readOperatorId(input);
  const parallelism = readParallelism(input);
  const chainLength = input.readInt('chain length');
  const count = input.readCount('subtask states', 26);
  const subtaskStates = readSubtaskStates(input, count, parallelism, readSubtaskState);
  return {
    span: input.spanFrom(start),
    operatorName: undefined,
    operatorUid: undefined,
    operatorId,
    ...parallelism,
    chainLength,
    coordinatorState: undefined,
    fullyFinished: false,
    subtaskStates,
  };
}

/**
 *   i32  subtaskIndex
 *   i64  duration, without meaning
 *   i32  number of legacy states (the `Checkpointed` interface of Flink 1.1): must be 0
 *   ...  handles
 */
function readSubtaskState(input: DataInputView): OperatorSubtaskState {
  const start = input.filePos;
  const subtaskIndex = input.readInt('subtask index');
  const duration = input.readLong('duration');
  const legacyStates = input.readInt('number of legacy states');
  if (legacyStates !== 0) {
    input.pos -= 4;
    const reason = `the subtask holds ${legacyStates} states of the Checkpointed interface (Flink 1.1) but only 0 can be read, as in Flink itself`;
    throw input.error('LEGACY_FORMAT', 'subtask state', reason, 4);
  }
  const handles = readSubtaskHandles(input);
  return {
    span: input.spanFrom(start),
    subtaskIndex,
    finished: false,
    duration,
    ...handles,
    inputChannelState: [],
    resultSubpartitionState: [],
  };
}

function writeOperatorState(output: DataOutputView, state: OperatorState, handles: HandleOutput): void {
  writeOperatorId(output, state.operatorId);
  output.writeInt(state.parallelism);
  output.writeInt(state.maxParallelism);
  output.writeInt(state.chainLength ?? 1);
  output.writeInt(state.subtaskStates.length);
  for (const subtask of state.subtaskStates) {
    output.writeInt(subtask.subtaskIndex);
    output.writeLong(subtask.duration ?? -1n);
    output.writeInt(0);
    writeSubtaskHandles(output, subtask, handles);
  }
}

export const v2: MetadataVersion = {
  version: 2,
  flinkVersions: ['1.3', '1.10'],
  properties: false,
  readOperatorState,
  writeOperatorState,
};
