import type { Operator, Savepoint, State, StateKind } from '@statewright/savepoint';
import type { SerializerSnapshot, SnapshotFormat } from '@statewright/serializers';
import type { EntryChange } from './entry-change.js';
import type { LoadFeed } from './load-feed.js';

/*
 * What a plan makes of a snapshot: the operators and states as they will be, and for each state where its entries come
 * from and what happens to them on the way. Every step takes one and gives one; nothing is read or written for it.
 */

/** A snapshot as it will be. */
export interface PlannedJob {
  /** The snapshot that is changed; it is only read. */
  readonly savepoint: Savepoint;
  /** In the order of the metadata; new ones at the end. */
  readonly operators: readonly PlannedOperator[];
  /** How state files are named in the metadata: beside it, or below this URI, where the output will be moved to. */
  readonly location: string | undefined;
}

/** An operator as it will be. */
export interface PlannedOperator {
  /** Whose subtasks, coordinator state and opaque streams it keeps; undefined for one that the plan makes. */
  readonly source: Operator | undefined;
  /** 32 hex digits. */
  readonly id: string;
  readonly uid: string | undefined;
  readonly name: string | undefined;
  /** Subtasks that its state is split over. */
  readonly parallelism: number;
  /** Number of key groups; another one than that of `source` regroups all keyed state. */
  readonly maxParallelism: number;
  /** In the order of `source`; new ones at the end. */
  readonly states: readonly PlannedState[];
}

/** A state as it will be. */
export interface PlannedState {
  readonly name: string;
  readonly kind: StateKind;
  /** As in `State`: of the stream for keyed state, of the map's keys for broadcast state. */
  readonly keySerializer: SerializerSnapshot | undefined;
  readonly namespaceSerializer: SerializerSnapshot | undefined;
  /** As in `StreamState`: TTL, list and map wrappers are in it. */
  readonly valueSerializer: SerializerSnapshot;
  readonly userKeySerializer: SerializerSnapshot | undefined;
  readonly stateV2: boolean;
  /** Where its entries come from, in this order; none: the state is registered and empty. */
  readonly feeds: readonly Feed[];
  /**
   * What happens to the second entry with a key and namespace, when several feeds, or rows of one that loads, have the same.
   * Lists follow each other and maps are united whatever it says; of maps it is about their user keys. Default: `fail`.
   */
  readonly duplicates?: 'fail' | 'first' | 'last';
}

/** Where entries come from. */
export type Feed = StateFeed | LoadFeed;

/** Entries of a state of the snapshot, changed one after the other. Without changes their bytes are copied. */
export interface StateFeed {
  readonly type: 'state';
  readonly from: State;
  readonly changes: readonly EntryChange[];
  /**
   * Formats of serializer snapshots that come before Flink's own when entries of `from` are decoded: they read what is opaque
   * otherwise, for example Kryo's objects by a layout that the plan declares.
   */
  readonly formats?: readonly SnapshotFormat[];
}
