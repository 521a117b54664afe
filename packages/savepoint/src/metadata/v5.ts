import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleOutput } from '../handles/index.js';
import { CHANNEL_STATE_V1, type ChannelStateFormat } from './channel-state.js';
import type { OperatorState } from './model.js';
import * as version3 from './v3.js';
import type { MetadataVersion } from './version.js';

/**
 *   utf  operator name, empty for none
 *   utf  operator uid, empty for none
 *   ...  operator state as in V3
 *
 * Follows `MetadataV5Serializer` (Flink 2.3).
 */
export function readOperatorState(input: DataInputView, channels: ChannelStateFormat): OperatorState {
  const start = input.filePos;
  const operatorName = input.readUTF('operator name');
  const operatorUid = input.readUTF('operator uid');
  const state = version3.readOperatorState(input, channels);
  return { ...state, span: input.spanFrom(start), operatorName, operatorUid };
}

export function writeOperatorState(
  output: DataOutputView,
  state: OperatorState,
  handles: HandleOutput,
  channels: ChannelStateFormat,
): void {
  output.writeUTF(state.operatorName ?? '');
  output.writeUTF(state.operatorUid ?? '');
  version3.writeOperatorState(output, state, handles, channels);
}

export const v5: MetadataVersion = {
  version: 5,
  flinkVersions: ['2.0', '2.0'],
  properties: true,
  readOperatorState: (input) => readOperatorState(input, CHANNEL_STATE_V1),
  writeOperatorState: (output, state, handles) =>
    writeOperatorState(output, state, handles, CHANNEL_STATE_V1),
};
