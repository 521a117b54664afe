export {
  type AccountFinding,
  type AccountOptions,
  accountBytes,
  type StreamAccount,
} from './account-bytes.js';
export { type EqualEntries, equalEntries, type FindEqualEntries } from './compare/equal-entries.js';
export { equalKeyGroups, type OperatorOf } from './compare/equal-key-groups.js';
export { equalStreams, type StreamEquality, type StreamOf } from './compare/equal-streams.js';
export type { LeaveOut } from './entries/read-context.js';
export { type ReadOptions, readEntries } from './entries/read-entries.js';
export type { KeyedStateHandle, OperatorStateHandle, StreamStateHandle } from './handles/model.js';
export { readStreamHeader } from './headers/read-stream-header.js';
export { hasTtl, isTtl } from './headers/ttl.js';
export { keyGroupFor, keyGroupPrefixBytes } from './key-groups.js';
export { readMetadata, writeMetadata } from './metadata/index.js';
export type {
  CheckpointMetadata,
  MasterState,
  OperatorState,
  OperatorSubtaskState,
} from './metadata/model.js';
export type {
  Operator,
  Savepoint,
  SavepointLocation,
  State,
  StateEntry,
  StateKind,
  StateStream,
  StreamFormat,
  StreamRef,
  StreamState,
} from './model.js';
export { type OperatorSnapshot, openOperatorSnapshot } from './open-operator-snapshot.js';
export { type OpenOptions, openSavepoint } from './open-savepoint.js';
export { operatorIdOfUid } from './operator-id.js';
export {
  decodeParallel,
  type EntryReducer,
  type ParallelOptions,
  type ReducerModule,
} from './parallel/decode-parallel.js';
export { absolutePath } from './paths.js';
export { StateCounts } from './scan/frame-scanner.js';
export { LengthHistogram } from './scan/length-histogram.js';
export { type StateScan, type StreamScan, skipScan } from './scan/skip-scan.js';
export type { CopyProgress } from './write/copy-file.js';
export { CopyPlan, type FileCopy } from './write/copy-plan.js';
export { type HeaderChange, headerEdit } from './write/header-edit.js';
export type { NewHeader } from './write/new-header.js';
export type { NewState } from './write/new-state.js';
export type { LoadedElements, OperatorSource } from './write/operator-elements.js';
export { checkOutput, type OperatorRename, type Renames, type StateRename } from './write/rename-checks.js';
export { renameStates, type WriteOptions, type WrittenSnapshot } from './write/rename-states.js';
export type { NewEntry, RewriteCounts, RewriteWatch, StateRewrite, ValueRewrite } from './write/rewrite.js';
export type { SpillOutput, SpillSource, SpillTarget } from './write/spill-stream.js';
export type { StreamEdit } from './write/stream-edit.js';
export { streamWriters } from './write/stream-writers.js';
export type {
  OperatorStateJob,
  OperatorStreamJob,
  WrittenOperatorStream,
} from './write/write-operator.js';
export type { SortedRuns, SortedState } from './write/write-sorted.js';
export type {
  KeyedSource,
  KeyedStreamJob,
  StreamTarget,
  WrittenKeyedStream,
} from './write/write-stream.js';
