import type { StateKind } from '@statewright/savepoint';

/** An entry between its old state and its new one; values are the decoded forms of `@statewright/serializers`. */
export interface MigratedEntry {
  readonly key: unknown;
  readonly namespace: unknown;
  /** As in `StateEntry`: plain value; list: array; map and broadcast: MapValue; timer: bigint milliseconds. TTL is taken off. */
  readonly value: unknown;
  /** Last access in milliseconds: one, or one per element of a list or map, as in `StateEntry`. */
  readonly ttl: bigint | readonly bigint[] | undefined;
  /** Its old key group, so that a key whose hash the bytes do not tell can stay where it is. */
  readonly keyGroup: number | undefined;
  /** The old subtask of operator state. */
  readonly subtask: number | undefined;
}

/** Gives a value its new form. Throws `SKIP_ENTRY` when the whole entry (list element, map entry) is to be left out. */
export type Convert = (value: unknown) => unknown;

/** Thrown by a converter in place of an error: what is being converted is left out, and was counted. */
export const SKIP_ENTRY: unique symbol = Symbol('skip entry');

/** What conversions tell while they run: how often what happened, for the plan's counts and the report. */
export interface ChangeReport {
  /** `what` is one of a few words: `null`, `overflow`, `clamped`, `defaulted`, `skipped`, `failed`. */
  count(what: ChangeEvent): void;
}

/** What can happen to a value on the way. */
export type ChangeEvent = 'null' | 'overflow' | 'clamped' | 'defaulted' | 'skipped' | 'failed';

/** What happens to the entries of a state. */
export type EntryChange = ValuesChange | EntriesChange;

/**
 * Parts of each entry get a new form; there are as many entries as before, with the same keys in the same key groups, and
 * parts without a converter keep their bytes. `open` is called once per thread, so that what is slow happens there.
 */
export interface ValuesChange {
  readonly type: 'values';
  /** Number of the step in the plan, from 0, for counts and errors. */
  readonly step: number;
  readonly parts: readonly EntryPart[];
  /**
   * Alone it changes no byte of any entry, only what decoded values say (a class's name): a feed all of whose changes are so
   * is copied. Beside others it must be run, since later changes and the encoders see the new names.
   */
  readonly keepsBytes?: boolean;
  open(report: ChangeReport): EntryConverters;
}

/** `element`: plain value, each list element, each map value, operator list element, broadcast value; without its TTL wrapper. */
export type EntryPart = 'element' | 'userKey' | 'key' | 'namespace';

/** A converter for each part that changes; `userKey` is also the key of broadcast state. */
export interface EntryConverters {
  readonly element?: Convert | undefined;
  readonly userKey?: Convert | undefined;
  readonly key?: Convert | undefined;
  readonly namespace?: Convert | undefined;
}

/**
 * An entry becomes none, one or several others. A large map may come in several pieces, each as a MapValue of its own; what
 * it becomes is put together again by key and namespace.
 */
export interface EntriesChange {
  readonly type: 'entries';
  readonly step: number;
  /** Keys may become others, so that all keys are hashed again. */
  readonly rekeys: boolean;
  /** The kind of state that the entries are of afterwards; undefined: that of before. */
  readonly to?: StateKind | undefined;
  open(report: ChangeReport): (entry: MigratedEntry) => readonly MigratedEntry[];
}
