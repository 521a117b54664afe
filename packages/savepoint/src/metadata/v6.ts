import { CHANNEL_STATE_V2 } from './channel-state.js';
import { readOperatorState, writeOperatorState } from './v5.js';
import type { MetadataVersion } from './version.js';

/** V5 with typed and merged channel state handles. Follows `MetadataV6Serializer` (Flink 2.3). */
export const v6: MetadataVersion = {
  version: 6,
  flinkVersions: ['2.1', '2.3'],
  properties: true,
  readOperatorState: (input) => readOperatorState(input, CHANNEL_STATE_V2),
  writeOperatorState: (output, state, handles) =>
    writeOperatorState(output, state, handles, CHANNEL_STATE_V2),
};
