import type { Span } from '@statewright/bytes';
import type {
  ByteStreamStateHandle,
  KeyedStateHandle,
  OperatorStateHandle,
  StreamStateHandle,
} from '../handles/model.js';

/*
 * A `_metadata` file as it is written: every field of every version, in the file's order, so that writing gives the same
 * bytes. What only some versions hold is undefined in the others. The names are those of Flink's classes.
 */

/** A whole metadata file. */
export interface CheckpointMetadata {
  /** 2..6 */
  readonly version: number;
  readonly span: Span;
  readonly checkpointId: bigint;
  readonly masterStates: readonly MasterState[];
  readonly operatorStates: readonly OperatorState[];
  /** V4+: the Java object stream of `CheckpointProperties`, up to the end of the file. */
  readonly properties: Span | undefined;
}

/** What a hook of the job's master stored. */
export interface MasterState {
  readonly span: Span;
  readonly version: number;
  readonly name: string;
  readonly payload: Span;
}

/** One operator with the handles of its subtasks. */
export interface OperatorState {
  readonly span: Span;
  /** V5+: empty string for none. */
  readonly operatorName: string | undefined;
  /** V5+: empty string for none. */
  readonly operatorUid: string | undefined;
  /** 32 hex digits: the 16 bytes as they lie in the file. */
  readonly operatorId: string;
  readonly parallelism: number;
  readonly maxParallelism: number;
  /** V2: a field without meaning. */
  readonly chainLength: number | undefined;
  /** V3+. */
  readonly coordinatorState: ByteStreamStateHandle | undefined;
  /** V3+: all subtasks had finished; then there are none. */
  readonly fullyFinished: boolean;
  readonly subtaskStates: readonly OperatorSubtaskState[];
}

/** The handles of one subtask. */
export interface OperatorSubtaskState {
  readonly span: Span;
  readonly subtaskIndex: number;
  /** V3+: the subtask had finished and holds nothing. */
  readonly finished: boolean;
  /** V2: a field without meaning. */
  readonly duration: bigint | undefined;
  readonly managedOperatorState: OperatorStateHandle | undefined;
  readonly rawOperatorState: OperatorStateHandle | undefined;
  readonly managedKeyedState: KeyedStateHandle | undefined;
  readonly rawKeyedState: KeyedStateHandle | undefined;
  /** V3+: in-flight records. */
  readonly inputChannelState: readonly ChannelStateHandle[];
  readonly resultSubpartitionState: readonly ChannelStateHandle[];
}

/** In-flight records of one channel, or of several (`merged`, V6). */
export type ChannelStateHandle = SingleChannelStateHandle | MergedChannelStateHandle;

export interface SingleChannelStateHandle {
  readonly type: 'channel';
  readonly span: Span;
  readonly subtaskIndex: number;
  /** Input: gateIdx; output: partitionIdx. */
  readonly gateOrPartition: number;
  /** Input: inputChannelIdx; output: subPartitionIdx. */
  readonly channel: number;
  readonly offsets: readonly number[];
  readonly stateSize: number;
  readonly delegate: StreamStateHandle | undefined;
}

export interface MergedChannelStateHandle {
  readonly type: 'merged-channels';
  readonly span: Span;
  readonly subtaskIndex: number;
  readonly stateSize: number;
  readonly delegate: StreamStateHandle | undefined;
  /** The channels' offsets in a form of their own (`AbstractMergedChannelStateHandle`). */
  readonly channelOffsets: Span;
}
