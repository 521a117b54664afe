import { type FileSystem, StatewrightError } from '@statewright/bytes';
import { mapConcurrently } from '../concurrently.js';
import type { KeyedStateHandle, OperatorStateHandle } from '../handles/model.js';
import { writeMetadata } from '../metadata/index.js';
import type { CheckpointMetadata, OperatorState, OperatorSubtaskState } from '../metadata/model.js';
import type { Savepoint, StateStream } from '../model.js';
import { operatorIdOfUid } from '../operator-id.js';
import { absolutePath, joinPath } from '../paths.js';
import { HandleResolver } from '../resolve-handle.js';
import { streamBytes } from '../stream-bytes.js';
import { type CopyProgress, copyFile } from './copy-file.js';
import { CopyPlan } from './copy-plan.js';
import { checkCopyable, checkOutput, checkRenames, type Renames } from './rename-checks.js';
import { type NewName, renameEdit, type StreamEdit } from './stream-edit.js';
import { resolveAll } from './stream-handles.js';

/** How a snapshot is written. */
export interface WriteOptions {
  /** Where the new snapshot is written; by default the file system of the old one. */
  readonly fs?: FileSystem;
  /** Leave in-flight records of an unaligned checkpoint out; without it they are a reason to refuse. */
  readonly dropInFlight?: boolean;
  /** Is kept up to date while bytes are copied. */
  readonly progress?: CopyProgress;
}

/** What was written. */
export interface WrittenSnapshot {
  readonly directory: string;
  readonly files: number;
  readonly bytes: number;
}

/** Files copied at the same time. */
const CONCURRENT_COPIES = 4;

/**
 * Writes a new snapshot in which states and operators have other names. Only the metadata and the headers of the streams
 * concerned are changed; entries are copied as bytes, never decoded. The output directory must not exist; data files come
 * first, and `_metadata` last under its final name, so that an interrupted output cannot be loaded. The same input and
 * renames give the same bytes.
 */
export async function renameStates(
  savepoint: Savepoint,
  renames: Renames,
  outputDirectory: string,
  options: WriteOptions = {},
): Promise<WrittenSnapshot> {
  const target = options.fs ?? savepoint.fs;
  const directory = absolutePath(outputDirectory);
  checkRenames(savepoint, renames);
  checkCopyable(savepoint, options.dropInFlight === true);
  await checkOutput(savepoint, directory, target);
  if ((await target.stat(directory)) !== undefined) {
    const reason = `the output ${JSON.stringify(directory)} exists and nothing is ever overwritten`;
    throw new StatewrightError('ALREADY_EXISTS', { kind: 'output directory', reason });
  }
  const { location, fs } = savepoint;
  const old = await fs.readRange(location.metadataPath, 0, savepoint.metadataBytes);
  const resolver = new HandleResolver(fs, location, savepoint.resolveOptions);
  const refs = await resolveAll(savepoint, resolver);
  const plan = new CopyPlan((handle) => refs.get(handle)!, editsOf(savepoint, renames), old);
  const metadata = mapMetadata(savepoint.metadata, plan, renames, options.dropInFlight === true);
  const bytes = writeMetadata(metadata, (span) => inlineBytes(plan, old, span));
  return write(savepoint, plan, bytes, directory, target, options.progress);
}

/** By handle, what changes in its stream. */
function editsOf(
  savepoint: Savepoint,
  renames: Renames,
): Map<KeyedStateHandle | OperatorStateHandle, StreamEdit> {
  const names = new Map<StateStream, NewName[]>();
  for (const { state, to } of renames.states ?? []) {
    for (const { stream, stateId } of state.parts) {
      names.set(stream, [...(names.get(stream) ?? []), { stateId, name: to }]);
    }
  }
  const { fs, location } = savepoint;
  return new Map(
    [...names].map(([stream, newNames]) => {
      const { fileOffset } = streamBytes(fs, location, stream.ref);
      return [stream.handle, renameEdit(stream, newNames, fileOffset)] as const;
    }),
  );
}

function inlineBytes(
  plan: CopyPlan,
  old: Uint8Array,
  span: { readonly start: number; readonly end: number },
): Uint8Array {
  return plan.inline.get(span as never) ?? old.subarray(span.start, span.end);
}

function mapMetadata(
  metadata: CheckpointMetadata,
  plan: CopyPlan,
  renames: Renames,
  dropInFlight: boolean,
): CheckpointMetadata {
  const operatorStates: OperatorState[] = [];
  for (const state of metadata.operatorStates) {
    const subtaskStates: OperatorSubtaskState[] = [];
    for (const subtask of state.subtaskStates) {
      subtaskStates.push(mapSubtask(subtask, plan, dropInFlight));
    }
    operatorStates.push({ ...renamedOperator(state, renames), subtaskStates });
  }
  return { ...metadata, operatorStates };
}

/** The uid's hash is the operator's id; the uid itself is written where the metadata has room for it. */
function renamedOperator(state: OperatorState, renames: Renames): OperatorState {
  const uid = renames.operators?.find(({ operator }) => operator.id === state.operatorId)?.uid;
  if (uid === undefined) return state;
  const operatorUid = state.operatorUid === undefined ? undefined : uid;
  return { ...state, operatorId: operatorIdOfUid(uid), operatorUid };
}

function mapSubtask(
  subtask: OperatorSubtaskState,
  plan: CopyPlan,
  dropInFlight: boolean,
): OperatorSubtaskState {
  return {
    ...subtask,
    managedOperatorState: plan.operatorState(subtask.managedOperatorState),
    rawOperatorState: plan.operatorState(subtask.rawOperatorState),
    managedKeyedState: plan.keyedState(subtask.managedKeyedState),
    rawKeyedState: plan.keyedState(subtask.rawKeyedState),
    inputChannelState: dropInFlight ? [] : subtask.inputChannelState,
    resultSubpartitionState: dropInFlight ? [] : subtask.resultSubpartitionState,
  };
}

async function write(
  savepoint: Savepoint,
  plan: CopyPlan,
  metadata: Uint8Array,
  directory: string,
  target: FileSystem,
  given: CopyProgress | undefined,
): Promise<WrittenSnapshot> {
  const progress = given ?? { bytesDone: 0, bytesTotal: 0 };
  progress.bytesTotal = plan.totalBytes + metadata.length;
  const written: string[] = [];
  try {
    await mapConcurrently(plan.files, CONCURRENT_COPIES, async (file) => {
      const path = joinPath(directory, file.name);
      await copyFile(savepoint.fs, target, file, path, progress);
      written.push(path);
    });
    await writeFile(target, joinPath(directory, '_metadata'), metadata);
  } catch (error) {
    await removeAll(target, written, directory);
    throw error;
  }
  progress.bytesDone = progress.bytesTotal;
  return { directory, files: plan.files.length + 1, bytes: progress.bytesTotal };
}

async function writeFile(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const writer = await fs.createWrite(path);
  try {
    await writer.write(bytes);
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Takes away what was written; what cannot be taken away is harmless without its metadata. */
async function removeAll(fs: FileSystem, paths: readonly string[], directory: string): Promise<void> {
  for (const path of [...paths, directory]) await fs.delete(path).catch(() => {});
}
