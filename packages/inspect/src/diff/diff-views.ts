import type { StateKind } from '@statewright/savepoint';
import type { OperatorNames, SnapshotSummary } from '../views.js';

/** `unknown` where nothing that is known differs, but something could not be compared. */
export type DiffVerdict = 'same' | 'differs' | 'unknown';

/** In which of two snapshots something is: the old one, the new one, or both. */
export type Presence = 'old' | 'new' | 'both';

/** What `diff` shows. */
export interface DiffView {
  readonly schemaVersion: 1;
  readonly view: 'diff';
  readonly old: SnapshotSummary;
  readonly new: SnapshotSummary;
  readonly verdict: DiffVerdict;
  /** Whether entries were compared; if not, only operators, states and types. */
  readonly entries: boolean;
  /** Whether another time of last access is a change of the value. */
  readonly ttl: boolean;
  /** Over all states whose entries were compared; null where none was to be. */
  readonly total: DiffCounts | null;
  /** Key groups of the same bytes on both sides, which were read on one side only. */
  readonly equalKeyGroups: number;
  readonly operators: readonly OperatorDiff[];
  readonly states: readonly StateDiff[];
  /** Streams that hold states which their headers do not tell. */
  readonly unread: readonly UnreadDiff[];
  /** By operator, key group and key bytes; at most as many of a state as were asked for. */
  readonly changes: readonly EntryChange[];
  /** Changes that are counted and not listed. */
  readonly changesLeftOut: number;
}

/**
 * Entries of a state in both snapshots. `old` = `removed` + `changed` + `touched` + `unchanged` + `oldNotCompared`, and
 * `new` = `added` + `changed` + `touched` + `unchanged` + `newNotCompared`.
 */
export interface DiffCounts {
  readonly old: number;
  readonly new: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** The value is the same, the time of last access is not. */
  readonly touched: number;
  readonly unchanged: number;
  /** Entries that could not be told apart, see `why` of the state. */
  readonly oldNotCompared: number;
  readonly newNotCompared: number;
}

/** One fact that is not the same on both sides; null where a side has none. */
export interface Difference {
  readonly what: string;
  readonly old: string | number | null;
  readonly new: string | number | null;
}

/** An operator in both snapshots, or in one of them. */
export interface OperatorDiff {
  readonly operator: OperatorNames;
  readonly presence: Presence;
  readonly differences: readonly Difference[];
}

/** What the types of a state are compared by. */
export type SchemaPlace = 'kind' | 'ttl' | 'key' | 'namespace' | 'value';

/** A part of a state's schema that is not the same on both sides: types in the short syntax, on lines. */
export interface SchemaChange {
  readonly place: SchemaPlace;
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/** A state in both snapshots, or in one of them. */
export interface StateDiff {
  readonly operator: OperatorNames;
  readonly name: string;
  /** In the new snapshot, if it has the state. */
  readonly kind: StateKind;
  readonly address: string;
  readonly presence: Presence;
  readonly verdict: DiffVerdict;
  /** What of its types differs; of a state that only one side has, all of them. */
  readonly schema: readonly SchemaChange[];
  /** Null where entries were not read. A list's elements are the entries of operator list state. */
  readonly counts: DiffCounts | null;
  /** Of map state: the entries of all its maps; null for other kinds. */
  readonly mapEntries: DiffCounts | null;
  /** Why entries, or some of them, could not be compared: one sentence without a full stop. */
  readonly why: string | null;
  /** Of state in files that are not understood: how many each side has, and how many hold the same bytes under one name. */
  readonly files: { readonly old: number; readonly new: number; readonly same: number } | null;
}

/** Streams of an operator whose header could not be understood. */
export interface UnreadDiff {
  readonly address: string;
  readonly why: string;
  readonly side: 'old' | 'new';
  /** Whether the other snapshot holds the same bytes. */
  readonly sameBytes: boolean;
}

/** What became of an entry. */
export type ChangeKind = 'added' | 'removed' | 'changed';

/** One entry that is not the same on both sides. */
export interface EntryChange {
  readonly operatorId: string;
  readonly address: string;
  readonly kind: StateKind;
  readonly change: ChangeKind;
  /** On the side that has the entry, on the new one if both have it; null for operator state. */
  readonly keyGroup: number | null;
  /** Where the number of key groups is another one on the old side. */
  readonly oldKeyGroup?: number;
  readonly key: unknown;
  readonly namespace: unknown;
  /** The whole values, as `export` writes them. Not of map state: its maps may be of any size, and their entries are in `fields`. */
  readonly old?: unknown;
  readonly new?: unknown;
  /** What differs inside of a changed value; of map state all map entries that were added, removed and changed. */
  readonly fields: readonly FieldChange[];
  /** Further ones, which are not listed. */
  readonly fieldsLeftOut: number;
  /** More of the change before: a map had more changes than are told at once. */
  readonly continues?: true;
}

/** One place inside a value that is not the same on both sides. */
export interface FieldChange {
  /** `value.address.city`, `value.tags[3]`, `value["key"]`, `ttl`. */
  readonly path: string;
  readonly change: ChangeKind;
  readonly old?: unknown;
  readonly new?: unknown;
  /** Nothing tells the structure of these bytes: they are not the same, and that is all. */
  readonly opaque?: true;
}
