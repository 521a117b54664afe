import { type DataInputView, DataOutputView } from '@statewright/bytes';
import type { HandleWriter } from '../handles/format.js';
import { handleWriter } from '../handles/index.js';
import { readMasterState, writeMasterState } from './master-state.js';
import type { CheckpointMetadata, MasterState, OperatorState } from './model.js';
import { v2 } from './v2.js';
import { v3 } from './v3.js';
import { v4 } from './v4.js';
import { v5 } from './v5.js';
import { v6 } from './v6.js';
import type { MetadataVersion } from './version.js';

/** First four bytes of every `_metadata` file: `Checkpoints.HEADER_MAGIC_NUMBER`. */
export const METADATA_MAGIC_NUMBER = 0x4960672d;

/** Every metadata version that is read and written. Follows `MetadataSerializers` (Flink 2.3). */
export const METADATA_VERSIONS: readonly MetadataVersion[] = [v2, v3, v4, v5, v6];

/** The row of a version. */
export function metadataVersion(version: number): MetadataVersion | undefined {
  return METADATA_VERSIONS.find((row) => row.version === version);
}

/**
 * A `_metadata` file.
 *
 *   i32  magic 0x4960672D
 *   i32  version, 2 to 6
 *   i64  checkpointId, not negative
 *   i32  n, then n × master state
 *   i32  n, then n × operator state, as the version has it
 *   ...  V4+: a Java object stream, CheckpointProperties, to the end of the file
 *
 * Follows `Checkpoints#loadCheckpointMetadata` and `MetadataV2V3SerializerBase#deserializeMetadata` (Flink 2.3).
 */
export function readMetadata(input: DataInputView): CheckpointMetadata {
  const start = input.filePos;
  const format = readHead(input);
  const checkpointId = input.readLong('checkpoint id');
  if (checkpointId < 0n) {
    input.pos -= 8;
    throw input.error('BAD_VALUE', 'checkpoint id', `${checkpointId} is negative`, 8);
  }
  const masterCount = input.readCount('master states', 18);
  const masterStates: MasterState[] = [];
  for (let i = 0; i < masterCount; i++) masterStates.push(readMasterState(input));
  const operatorCount = input.readCount('operator states', 28);
  const operatorStates = readOperatorStates(input, operatorCount, format);
  const properties = format.properties ? input.filePos : undefined;
  if (properties === undefined) input.expectEnd('checkpoint metadata');
  else input.pos = input.limit;
  return {
    version: format.version,
    span: input.spanFrom(start),
    checkpointId,
    masterStates,
    operatorStates,
    properties: properties === undefined ? undefined : input.spanFrom(properties),
  };
}

/** Operators are known by their ids, so that no two have the same. */
function readOperatorStates(
  input: DataInputView,
  count: number,
  { readOperatorState }: MetadataVersion,
): OperatorState[] {
  const states = new Map<string, OperatorState>();
  for (let i = 0; i < count; i++) {
    const at = input.pos;
    const state = readOperatorState(input);
    if (states.has(state.operatorId)) {
      input.pos = at;
      const reason = `two operators have the id ${state.operatorId}`;
      throw input.error('BAD_VALUE', 'operator state', reason, state.span.end - state.span.start);
    }
    states.set(state.operatorId, state);
  }
  return [...states.values()];
}

function readHead(input: DataInputView): MetadataVersion {
  const kind = 'checkpoint metadata';
  if (input.remaining < 8 || input.data.getInt32(input.pos) !== METADATA_MAGIC_NUMBER) {
    const reason = 'the file does not begin with the magic number 0x4960672D of a _metadata file';
    throw input.error('NOT_A_SNAPSHOT', kind, reason, 4);
  }
  const version = input.data.getInt32(input.pos + 4);
  const format = metadataVersion(version);
  if (format === undefined) {
    input.pos += 4;
    const [first, last] = [METADATA_VERSIONS[0]!.version, METADATA_VERSIONS.at(-1)!.version];
    if (version === 1) {
      const reason = `metadata version 1 (Flink 1.1 and 1.2) is older than version ${first}, the oldest that is read`;
      throw input.error(
        'LEGACY_FORMAT',
        kind,
        reason,
        4,
        'let Flink 1.3 to 1.10 take a savepoint of the job',
      );
    }
    throw input.error(
      'UNSUPPORTED_VERSION',
      kind,
      `metadata version ${version} is not between ${first} and ${last}`,
      4,
    );
  }
  input.pos += 8;
  return format;
}

/**
 * The bytes of a `_metadata` file. `data` gives the bytes of the inline spans (states, payloads, properties), by default
 * those of the file that was read: `(span) => bytes.subarray(span.start, span.end)`.
 */
export function writeMetadata(metadata: CheckpointMetadata, data: HandleWriter['data']): Uint8Array {
  const output = new DataOutputView(1 << 16);
  const handles = handleWriter(data);
  const format = metadataVersion(metadata.version)!;
  output.writeInt(METADATA_MAGIC_NUMBER);
  output.writeInt(metadata.version);
  output.writeLong(metadata.checkpointId);
  output.writeInt(metadata.masterStates.length);
  for (const state of metadata.masterStates) writeMasterState(output, state, data(state.payload));
  output.writeInt(metadata.operatorStates.length);
  for (const state of metadata.operatorStates) format.writeOperatorState(output, state, handles);
  if (metadata.properties !== undefined) output.writeBytes(data(metadata.properties));
  return output.toBytes();
}
