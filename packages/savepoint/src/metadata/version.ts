import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleOutput } from '../handles/index.js';
import type { OperatorState } from './model.js';

/** A row of the table of metadata versions. */
export interface MetadataVersion {
  readonly version: number;
  /** First and last Flink that writes it. */
  readonly flinkVersions: readonly [string, string];
  /** Whether `CheckpointProperties` follow the operators. */
  readonly properties: boolean;
  readOperatorState(input: DataInputView): OperatorState;
  writeOperatorState(output: DataOutputView, state: OperatorState, handles: HandleOutput): void;
}
