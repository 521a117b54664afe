import type { StateKind, StreamFormat } from '@statewright/savepoint';
import type { TypeDescription } from '@statewright/serializers';
import type { BytesView } from './bytes/bytes-view.js';
import type { DiffView } from './diff/diff-views.js';
import type { StatsView } from './stats/stats-views.js';

/*
 * View models: what commands show, as plain JSON. `schemaVersion` grows when a field changes its meaning or goes away;
 * a new field does not change it. Null stands for "the snapshot does not tell".
 */

/** A 64-bit number: a string beyond 2^53. */
export type JsonLong = number | string;

/** The snapshot itself. */
export interface SnapshotSummary {
  /** As the caller named it. */
  readonly path: string;
  /** `_metadata` version. */
  readonly metadataVersion: number;
  readonly metadataBytes: number;
  readonly checkpointId: JsonLong;
  readonly type: 'savepoint' | 'checkpoint' | null;
  readonly format: 'canonical' | 'native' | null;
  /** First and last Flink version that may have written it. */
  readonly flinkVersions: readonly [string, string];
  /** Backends that wrote it, as far as the files tell; canonical files do not. */
  readonly backends: readonly Backend[];
  /** Bytes of all state, without the metadata. */
  readonly stateBytes: number;
  readonly operators: number;
  readonly states: number;
}

/** A state backend, by the name that `state.backend.type` has for it. */
export type Backend = 'hashmap' | 'rocksdb' | 'changelog';

/** How an operator is called. */
export interface OperatorNames {
  /** 32 hex digits. */
  readonly id: string;
  readonly uid: string | null;
  readonly uidFrom: 'metadata' | 'candidate' | null;
  readonly name: string | null;
}

/** What `inspect` shows. */
export interface InspectView {
  readonly schemaVersion: 1;
  readonly view: 'inspect';
  readonly snapshot: SnapshotSummary;
  readonly operators: readonly OperatorView[];
}

/** An operator with its states and streams. */
export interface OperatorView extends OperatorNames {
  readonly parallelism: number;
  readonly maxParallelism: number;
  readonly fullyFinished: boolean;
  readonly finishedSubtasks: number;
  readonly stateBytes: number;
  readonly backends: readonly Backend[];
  readonly coordinatorStateBytes: number | null;
  /** In-flight records of an unaligned checkpoint. */
  readonly channelState: { readonly handles: number; readonly bytes: number };
  readonly states: readonly StateView[];
  readonly streams: readonly StreamView[];
}

/** An opaque part of a type. */
export interface OpaquePart {
  /** For example `value > field tags > element`. */
  readonly path: string;
  readonly class: string | null;
  readonly serializer: string;
  readonly why: string;
}

/** A state of an operator, over all its subtasks. */
export interface StateView {
  readonly name: string;
  readonly kind: StateKind;
  /** `OPERATOR/STATE`, as the other commands take it. */
  readonly address: string;
  /** Short type syntax. */
  readonly key: string | null;
  /** Null for VoidNamespace and for operator state. */
  readonly namespace: string | null;
  readonly value: string;
  /** As `value`, with the number of fields in the place of fields. */
  readonly brief: string;
  readonly ttl: boolean;
  readonly subtasks: number;
  readonly opaque: readonly OpaquePart[];
}

/** One state stream of one subtask. */
export interface StreamView {
  readonly subtask: number;
  readonly format: StreamFormat;
  readonly compressed: boolean;
  /** First and last key group, both included. */
  readonly keyGroups: readonly [number, number] | null;
  /** As the handle names it; null when the bytes lie in the metadata itself. */
  readonly file: string | null;
  readonly start: number;
  readonly bytes: number;
  readonly states: readonly string[];
  /** Further files behind the handle: RocksDB tables, changelog segments. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly shared: boolean }[];
  readonly problem: string | null;
}

/** What `schema` shows. */
export interface SchemaView {
  readonly schemaVersion: 1;
  readonly view: 'schema';
  readonly snapshot: SnapshotSummary;
  readonly states: readonly StateSchema[];
}

/** The types of one state. */
export interface StateSchema {
  readonly operator: OperatorNames;
  readonly name: string;
  readonly kind: StateKind;
  readonly address: string;
  readonly ttl: boolean;
  readonly key: TypeDescription | null;
  readonly namespace: TypeDescription | null;
  readonly value: TypeDescription;
  /** The same types in the short syntax, on lines. */
  readonly text: {
    readonly key: readonly string[] | null;
    readonly namespace: readonly string[] | null;
    readonly value: readonly string[];
  };
  readonly opaque: readonly OpaquePart[];
}

/** Every view that renderers know, told apart by `view`. */
export type ViewDocument = InspectView | SchemaView | StatsView | BytesView | DiffView;
