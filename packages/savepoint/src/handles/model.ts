import type { Span } from '@statewright/bytes';

/*
 * State handles: what `_metadata` says about where state lies. Every handle keeps its type byte, so that writing gives
 * the same bytes, and its span, from the type byte to its end.
 */

/** Type bytes by Flink's name; one number space for all kinds. Follows `MetadataV2V3SerializerBase` (Flink 2.3). */
export const HANDLE_TAG = {
  NULL_HANDLE: 0,
  BYTE_STREAM_STATE_HANDLE: 1,
  FILE_STREAM_STATE_HANDLE: 2,
  KEY_GROUPS_HANDLE: 3,
  PARTITIONABLE_OPERATOR_STATE_HANDLE: 4,
  INCREMENTAL_KEY_GROUPS_HANDLE: 5,
  RELATIVE_STREAM_STATE_HANDLE: 6,
  SAVEPOINT_KEY_GROUPS_HANDLE: 7,
  CHANGELOG_HANDLE: 8,
  CHANGELOG_BYTE_INCREMENT_HANDLE: 9,
  CHANGELOG_FILE_INCREMENT_HANDLE: 10,
  INCREMENTAL_KEY_GROUPS_HANDLE_V2: 11,
  KEY_GROUPS_HANDLE_V2: 12,
  CHANGELOG_FILE_INCREMENT_HANDLE_V2: 13,
  CHANGELOG_HANDLE_V2: 14,
  SEGMENT_FILE_HANDLE: 15,
  EMPTY_SEGMENT_FILE_HANDLE: 16,
  SEGMENT_PARTITIONABLE_OPERATOR_STATE_HANDLE: 17,
} as const;

/** Bytes held inside the metadata. `data` is where they lie, not a copy. */
export interface ByteStreamStateHandle {
  readonly type: 'byte-stream';
  readonly span: Span;
  readonly handleName: string;
  readonly data: Span;
}

/** A whole file by its absolute path. */
export interface FileStateHandle {
  readonly type: 'file';
  readonly span: Span;
  /** Size in bytes; -1 when the writer did not know it. */
  readonly stateSize: number;
  /** URI as stored, for example `file:/tmp/x` or `s3://bucket/x`. */
  readonly filePath: string;
}

/** A whole file by its path below the directory of the metadata file. */
export interface RelativeFileStateHandle {
  readonly type: 'relative-file';
  readonly span: Span;
  readonly relativePath: string;
  readonly stateSize: number;
}

/** A range of a file that several states share (file merging). */
export interface SegmentFileStateHandle {
  readonly type: 'segment-file';
  readonly span: Span;
  readonly startPos: number;
  readonly stateSize: number;
  /** Ordinal of `CheckpointedStateScope`: 0 EXCLUSIVE, 1 SHARED. */
  readonly scope: number;
  readonly filePath: string;
  readonly logicalFileId: string;
}

export interface EmptySegmentFileStateHandle {
  readonly type: 'empty-segment-file';
  readonly span: Span;
}

/** Offsets by key group over a stream. Both as keyed handle (3, 7, 12) and, from old writers, as stream handle (3). */
export interface KeyGroupsStateHandle {
  readonly type: 'key-groups';
  readonly span: Span;
  readonly tag: number;
  readonly startKeyGroup: number;
  /** One per key group of the range: position in the stream, 0 (or -1 in raw state) where the group is absent. */
  readonly offsets: readonly number[];
  readonly delegate: StreamStateHandle | undefined;
  /** Tag 12 only. */
  readonly stateHandleId: string | undefined;
}

/** What leads to a stream of bytes. */
export type StreamStateHandle =
  | ByteStreamStateHandle
  | FileStateHandle
  | RelativeFileStateHandle
  | SegmentFileStateHandle
  | EmptySegmentFileStateHandle
  | KeyGroupsStateHandle;

/** A file of a RocksDB instance and its name there. */
export interface HandleAndLocalPath {
  readonly localPath: string;
  readonly handle: StreamStateHandle | undefined;
}

/** Files of one RocksDB (or ForSt) instance (tags 5, 11). */
export interface IncrementalKeyedStateHandle {
  readonly type: 'incremental';
  readonly span: Span;
  readonly tag: number;
  readonly checkpointId: bigint;
  readonly backendId: string;
  readonly startKeyGroup: number;
  readonly numberOfKeyGroups: number;
  /** Tag 11 only. */
  readonly checkpointedSize: bigint | undefined;
  readonly metaDataState: StreamStateHandle | undefined;
  readonly sharedState: readonly HandleAndLocalPath[];
  readonly privateState: readonly HandleAndLocalPath[];
  /** Tag 11 only. */
  readonly stateHandleId: string | undefined;
}

/** Materialized state plus a log of changes (tags 8, 14). */
export interface ChangelogStateBackendHandle {
  readonly type: 'changelog';
  readonly span: Span;
  readonly tag: number;
  readonly startKeyGroup: number;
  readonly numberOfKeyGroups: number;
  readonly checkpointedSize: bigint;
  readonly materialized: readonly (KeyedStateHandle | undefined)[];
  readonly nonMaterialized: readonly (KeyedStateHandle | undefined)[];
  readonly materializationId: bigint;
  /** Tag 14 only. */
  readonly checkpointId: bigint | undefined;
  readonly stateHandleId: string;
}

/** Changes held inside the metadata (tag 9). */
export interface InMemoryChangelogStateHandle {
  readonly type: 'changelog-bytes';
  readonly span: Span;
  readonly startKeyGroup: number;
  readonly numberOfKeyGroups: number;
  readonly from: bigint;
  readonly to: bigint;
  /** `keyGroup` is -1 for a change of the metadata. */
  readonly changes: readonly { readonly keyGroup: number; readonly change: Span }[];
  readonly stateHandleId: string;
}

/** Changes held in files (tags 10, 13). */
export interface ChangelogStateHandleStream {
  readonly type: 'changelog-files';
  readonly span: Span;
  readonly tag: number;
  readonly startKeyGroup: number;
  readonly numberOfKeyGroups: number;
  readonly handles: readonly { readonly offset: bigint; readonly handle: StreamStateHandle | undefined }[];
  readonly stateSize: bigint;
  readonly checkpointedSize: bigint;
  readonly stateHandleId: string;
  /** Tag 13 only; tag 10 means `filesystem`. */
  readonly storageIdentifier: string | undefined;
}

/** What leads to the keyed state of a subtask. */
export type KeyedStateHandle =
  | KeyGroupsStateHandle
  | IncrementalKeyedStateHandle
  | ChangelogStateBackendHandle
  | InMemoryChangelogStateHandle
  | ChangelogStateHandleStream;

/** Ordinal of `OperatorStateHandle.Mode`: 0 SPLIT_DISTRIBUTE, 1 UNION, 2 BROADCAST. */
export type DistributionMode = 0 | 1 | 2;

/** Offsets by state name over a stream (tags 4, 17). */
export interface OperatorStateHandle {
  readonly type: 'operator-state';
  readonly span: Span;
  readonly tag: number;
  readonly states: readonly {
    readonly name: string;
    readonly mode: DistributionMode;
    /** Positions in the stream: of each element, or one for a broadcast map. */
    readonly offsets: readonly number[];
  }[];
  /** Tag 17 only. */
  readonly directories:
    | { readonly taskOwned: string; readonly shared: string; readonly isEmpty: boolean }
    | undefined;
  readonly delegate: StreamStateHandle | undefined;
}

export type StateHandle = StreamStateHandle | KeyedStateHandle | OperatorStateHandle;
