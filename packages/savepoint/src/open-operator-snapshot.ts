import { DataInputView, LocalFileSystem } from '@statewright/bytes';
import { readSerializerSnapshot } from '@statewright/serializers';
import { readKeyedHandle, readOperatorHandle, readStreamHandle } from './handles/index.js';
import type { KeyedStateHandle, OperatorStateHandle } from './handles/model.js';
import { CHANNEL_STATE_V1, type ChannelSide } from './metadata/channel-state.js';
import type { ChannelStateHandle, CheckpointMetadata, OperatorSubtaskState } from './metadata/model.js';
import type { Savepoint, SavepointLocation, StreamRef } from './model.js';
import { formatsWith, type OpenOptions } from './open-savepoint.js';
import { absolutePath, parentOf } from './paths.js';
import { readOperators } from './read-operators.js';
import { HandleResolver } from './resolve-handle.js';

/** What an operator snapshot holds, as a savepoint of one operator with one subtask. */
export interface OperatorSnapshot extends Savepoint {
  /** State of the `Checkpointed` interface (Flink 1.1), which nothing reads. */
  readonly legacyState: StreamRef | undefined;
}

/** No operator id is stored. */
const NO_ID = '0'.repeat(32);

/**
 * Opens a file with the state of one operator under test, as the test harnesses of Flink write it
 * (`OperatorSnapshotUtil`): no `_metadata`, but handles in its encoding, their bytes inline.
 */
export async function openOperatorSnapshot(
  source: string,
  options: Pick<OpenOptions, 'fs' | 'snapshots'> = {},
): Promise<OperatorSnapshot> {
  const fs = options.fs ?? new LocalFileSystem();
  const path = absolutePath(source);
  const location: SavepointLocation = {
    directory: parentOf(path),
    metadataPath: path,
    chosenFrom: undefined,
  };
  const size = (await fs.stat(path))?.size ?? 0;
  const input = new DataInputView(await fs.readRange(path, 0, size), path);
  const { version, legacyState, subtask } = readOperatorSnapshot(input);
  const metadata = metadataOf(version, subtask, input);
  const formats = formatsWith(options.snapshots);
  const resolver = new HandleResolver(fs, location, {});
  const operators = await readOperators(metadata, {
    fs,
    location,
    resolver,
    readSnapshot: (view) => readSerializerSnapshot(view, formats),
    formats,
    uidCandidates: [],
  });
  return {
    location,
    fs,
    metadata,
    resolveOptions: {},
    formats,
    metadataVersion: version,
    metadataBytes: size,
    checkpointId: 0n,
    snapshotType: undefined,
    snapshotFormat: undefined,
    flinkVersions: version === 0 ? ['1.2', '1.10'] : ['1.11', '2.3'],
    operators,
    legacyState: legacyState === undefined ? undefined : await resolver.locate(legacyState),
  };
}

interface Read {
  readonly version: number;
  readonly legacyState: ReturnType<typeof readStreamHandle>;
  readonly subtask: OperatorSubtaskState;
}

/**
 *   i32     0 (Flink 1.10 and older) or 3
 *   handle  a stream handle: state of the Checkpointed interface, or none
 *   i32     n, then n × operator handle: raw operator state; -1 for none, here and below
 *   i32     n, then n × operator handle: managed operator state
 *   i32     n, then n × keyed handle: raw keyed state
 *   i32     n, then n × keyed handle: managed keyed state
 *   i32     n, then n × channel state handle: input channels; version 3 only
 *   i32     n, then n × channel state handle: result subpartitions; version 3 only
 *
 * Follows `OperatorSnapshotUtil` of Flink's tests; read from the files it wrote.
 */
function readOperatorSnapshot(input: DataInputView): Read {
  const version = input.readInt('operator snapshot');
  if (version !== 0 && version !== 3) {
    input.pos -= 4;
    throw input.error('UNSUPPORTED_VERSION', 'operator snapshot', `version ${version} is neither 0 nor 3`, 4);
  }
  const legacyState = readStreamHandle(input);
  const rawOperatorState = readOne<OperatorStateHandle>(input, readOperatorHandle);
  const managedOperatorState = readOne<OperatorStateHandle>(input, readOperatorHandle);
  const rawKeyedState = readOne<KeyedStateHandle>(input, readKeyedHandle);
  const managedKeyedState = readOne<KeyedStateHandle>(input, readKeyedHandle);
  const subtask: OperatorSubtaskState = {
    span: input.spanFrom(input.fileOffset),
    subtaskIndex: 0,
    finished: false,
    duration: undefined,
    managedOperatorState,
    rawOperatorState,
    managedKeyedState,
    rawKeyedState,
    inputChannelState: version === 3 ? readChannels(input, 'input') : [],
    resultSubpartitionState: version === 3 ? readChannels(input, 'output') : [],
  };
  input.expectEnd('operator snapshot');
  return { version, legacyState, subtask };
}

/** A list that holds one handle, or none. */
function readOne<H>(input: DataInputView, read: (input: DataInputView) => H | undefined): H | undefined {
  const count = input.readInt('state handles');
  if (count <= 0) return undefined;
  if (count > 1) {
    input.pos -= 4;
    throw input.error(
      'NOT_SUPPORTED',
      'state handles',
      `${count} handles are found but at most 1 is read`,
      4,
    );
  }
  return read(input);
}

function readChannels(input: DataInputView, side: ChannelSide): ChannelStateHandle[] {
  const count = input.readCount('channel state handles', 14);
  return Array.from({ length: count }, () => CHANNEL_STATE_V1.read(input, side));
}

/** A subtask that is alone has all key groups, so that their number is the max parallelism. */
function metadataOf(
  version: number,
  subtask: OperatorSubtaskState,
  input: DataInputView,
): CheckpointMetadata {
  const span = input.spanFrom(input.fileOffset);
  const operator = {
    span,
    operatorName: undefined,
    operatorUid: undefined,
    operatorId: NO_ID,
    parallelism: 1,
    maxParallelism: keyGroupsOf(subtask.managedKeyedState ?? subtask.rawKeyedState),
    chainLength: undefined,
    coordinatorState: undefined,
    fullyFinished: false,
    subtaskStates: [subtask],
  };
  return {
    version,
    span,
    checkpointId: 0n,
    masterStates: [],
    operatorStates: [operator],
    properties: undefined,
  };
}

function keyGroupsOf(handle: KeyedStateHandle | undefined): number {
  if (handle === undefined) return 1;
  return handle.type === 'key-groups' ? handle.offsets.length : handle.numberOfKeyGroups;
}
