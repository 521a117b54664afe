import type { FileSystem, Span } from '@statewright/bytes';
import type { SerializerSnapshot, SnapshotFormat } from '@statewright/serializers';
import type { KeyedStateHandle, OperatorStateHandle } from './handles/model.js';
import type { StateMetaInfo } from './headers/state-meta-info.js';
import type { CheckpointMetadata } from './metadata/model.js';
import type { ResolveOptions } from './resolve-handle.js';

/*
 * What `openSavepoint` gives: the snapshot's metadata and the headers of its state streams, nothing of the state itself.
 * Opening costs the metadata, not the state.
 */

/** Where a snapshot lies. */
export interface SavepointLocation {
  /** The directory that holds the metadata file; relative handles resolve against it. */
  readonly directory: string;
  /** Path of the `_metadata` file. */
  readonly metadataPath: string;
  /** The complete checkpoints found, when a directory of checkpoints was given and the newest was taken. */
  readonly chosenFrom: readonly string[] | undefined;
}

/** Flink's state kinds, as `json-mapping` spells them. */
export type StateKind =
  | 'value'
  | 'list'
  | 'map'
  | 'reducing'
  | 'aggregating'
  | 'folding'
  | 'unknown'
  | 'timer'
  | 'operator-list'
  | 'union-list'
  | 'broadcast';

/** How the entries of a keyed stream lie. `opaque` is a stream whose layout cannot be told (raw state). */
export type StreamFormat =
  | 'canonical'
  | 'heap'
  | 'operator'
  | 'rocksdb'
  | 'changelog'
  | 'raw-keyed'
  | 'raw-operator'
  | 'legacy';

/** A stream of bytes that a handle leads to: inline in the metadata, or a range of a file. */
export type StreamRef =
  | { readonly kind: 'inline'; readonly span: Span; readonly size: number }
  | {
      readonly kind: 'file';
      /** Resolved path. */
      readonly path: string;
      /** As the handle spells it. */
      readonly stored: string;
      /** First byte and size of the stream in that file. */
      readonly start: number;
      readonly size: number;
      /** The file lies outside the snapshot and that was not allowed: it is listed and never opened. */
      readonly outside?: true;
    }
  | { readonly kind: 'empty'; readonly size: 0 };

/** One managed state stream of one subtask: its header is read, its entries are not. */
export interface StateStream {
  readonly subtask: number;
  /** The handle in the metadata that leads to it. */
  readonly handle: KeyedStateHandle | OperatorStateHandle;
  readonly format: StreamFormat;
  readonly ref: StreamRef;
  /** Whether key groups (or operator state) are snappy-framed. */
  readonly compressed: boolean;
  /** Key-group range, both ends included; undefined for operator state. */
  readonly keyGroups: { readonly start: number; readonly end: number } | undefined;
  /** Offset in the stream of each key group of the range, 0 where it is absent; empty for operator state. */
  readonly keyGroupOffsets: readonly number[];
  /** The states of the stream's header: the position is the state id in the data. */
  readonly states: readonly StreamState[];
  /**
   * How many states a keyed header declares: more than `states` has where reading it met a `problem`; absent where that
   * came before their number.
   */
  readonly declaredStates?: number | undefined;
  /** Version of an operator state header. */
  readonly headerVersion?: number;
  /** A raw keyed stream holds heap timers, or none of them, and nothing else. */
  readonly rawTimers?: true;
  /** Length of the header in bytes. */
  readonly headerLength: number;
  /** For `rocksdb` and `changelog`: the files behind the handle. */
  readonly files: readonly { readonly name: string; readonly ref: StreamRef; readonly shared: boolean }[];
  /** Why the header could not be understood (legacy, unknown snapshot class); then `states` holds what came before. */
  readonly problem: string | undefined;
}

/** One state as one stream's header tells it. */
export interface StreamState {
  readonly name: string;
  readonly kind: StateKind;
  readonly keySerializer: SerializerSnapshot | undefined;
  readonly namespaceSerializer: SerializerSnapshot | undefined;
  /** The whole state's serializer for keyed state, the element's for operator lists, the value's for broadcast. */
  readonly valueSerializer: SerializerSnapshot;
  /** Keyed state of the State V2 API (Flink 2.0+): then `valueSerializer` is the list's element's or the map's value's. */
  readonly stateV2: boolean;
  /** Map state of the State V2 API. */
  readonly userKeySerializer: SerializerSnapshot | undefined;
  readonly ttl: boolean;
  /** Operator state: offsets in the stream of its elements (broadcast: one). */
  readonly offsets: readonly number[];
  /** Where the meta info lies in the stream's file. */
  readonly span: Span;
  /** Where its name lies, with the two bytes of its length. */
  readonly nameSpan: Span;
  /** The meta info as it is stored, its maps in their order; undefined for timers in raw keyed state. */
  readonly metaInfo?: StateMetaInfo | undefined;
}

/** A state of an operator, over all its subtasks. */
export interface State {
  readonly operator: Operator;
  readonly name: string;
  readonly kind: StateKind;
  readonly ttl: boolean;
  readonly keySerializer: SerializerSnapshot | undefined;
  readonly namespaceSerializer: SerializerSnapshot | undefined;
  readonly valueSerializer: SerializerSnapshot;
  /** The streams that hold it and its id in each. */
  readonly parts: readonly { readonly stream: StateStream; readonly stateId: number }[];
}

/** An operator of a snapshot with its states. */
export interface Operator {
  /** 32 hex digits. */
  readonly id: string;
  /** From the metadata (V5+), or the candidate whose hash is the id. */
  readonly uid: string | undefined;
  readonly uidFrom: 'metadata' | 'candidate' | undefined;
  readonly name: string | undefined;
  readonly parallelism: number;
  readonly maxParallelism: number;
  readonly fullyFinished: boolean;
  readonly finishedSubtasks: number;
  readonly states: readonly State[];
  readonly streams: readonly StateStream[];
  readonly coordinatorState: Span | undefined;
  /** In-flight records of an unaligned checkpoint: number of channel handles and their bytes. */
  readonly channelState: { readonly handles: number; readonly bytes: number };
  /** Bytes of all state streams and files of the operator. */
  readonly stateBytes: number;
}

/** An open savepoint or checkpoint. */
export interface Savepoint {
  readonly location: SavepointLocation;
  readonly fs: FileSystem;
  /** The metadata file, field by field. */
  readonly metadata: CheckpointMetadata;
  /** Which handles outside the snapshot's directory are followed, as it was opened. */
  readonly resolveOptions: ResolveOptions;
  /** The serializer snapshot formats it was opened with. */
  readonly formats: readonly SnapshotFormat[];
  /** 2..6 */
  readonly metadataVersion: number;
  readonly metadataBytes: number;
  readonly checkpointId: bigint;
  /** From the checkpoint properties (V4+), where they tell it. */
  readonly snapshotType: 'savepoint' | 'checkpoint' | undefined;
  readonly snapshotFormat: 'canonical' | 'native' | undefined;
  /** Flink versions that may have written it, both ends included, for example `['1.16', '1.20']`. */
  readonly flinkVersions: readonly [string, string];
  readonly operators: readonly Operator[];
}

/** One entry: one (state, key, namespace), or what one subtask holds of an operator state: its list, or its broadcast map. */
export interface StateEntry {
  readonly state: State;
  /** Keyed state only. */
  readonly keyGroup: number | undefined;
  readonly subtask: number;
  readonly key: unknown;
  readonly namespace: unknown;
  /** Plain value; list and operator list: array; map and broadcast: MapValue; timer: bigint milliseconds. TTL wrappers are taken off. */
  readonly value: unknown;
  /** Last access in milliseconds: one, or one per list element or map entry in the order of `value`. */
  readonly ttl: bigint | readonly bigint[] | undefined;
  /** Bytes of key (with namespace and framing excluded) and value. */
  readonly keyBytes: number;
  readonly valueBytes: number;
  /** Where the entry lies; for a compressed stream the span of its key group or frame. */
  readonly span: Span;
  /** It goes on with the map of the entry before: that map was larger than the reader wanted at once. */
  readonly continues?: true;
  /**
   * A value without a known end: the entry stands for all that follows in the key group, or it lies behind one that does. How
   * many entries the key group holds nobody can tell.
   */
  readonly open?: true;
}
