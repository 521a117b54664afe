import type { SerializerSnapshot, SnapshotFormat } from '@statewright/serializers';
import type { StateEntry, StreamState } from '../model.js';
import type { NewState } from './new-state.js';

/*
 * What becomes of the entries of a state on their way from one stream into another. Nothing of plans and steps is known
 * here: whoever rewrites hands in functions, and is told what happened.
 */

/** An entry to be written; as `StateEntry`, without where it lay. */
export interface NewEntry {
  readonly key: unknown;
  readonly namespace: unknown;
  readonly value: unknown;
  readonly ttl: bigint | readonly bigint[] | undefined;
}

/** Gives a part of an entry its new form; throws what is in `ValueRewrite.skip` to leave it out. */
export type PartConvert = (value: unknown) => unknown;

/** New forms of parts of each entry; those without a function keep their bytes. */
export interface ValueRewrite {
  readonly element?: PartConvert | undefined;
  readonly userKey?: PartConvert | undefined;
  readonly key?: PartConvert | undefined;
  readonly namespace?: PartConvert | undefined;
}

/** Counts of one state; raw entries of canonical map state count one each, as they are stored. */
export interface RewriteCounts {
  entriesIn: number;
  entriesOut: number;
  /** Bytes of keys and values, framing left out. */
  bytesIn: number;
  bytesOut: number;
  /** Entries whose bytes were copied. */
  copied: number;
}

/** What becomes of one state of one source stream. */
export interface StateRewrite {
  /** Its id in the stream that is written; -1: the state is left out. */
  readonly targetId: number;
  /** What its entries are written with. */
  readonly target: NewState;
  /** Formats of serializer snapshots before those of the snapshot, for reading its entries. */
  readonly formats?: readonly SnapshotFormat[] | undefined;
  /** The serializer that values are read with, where that is not the one of their stream. */
  readonly readAs?: SerializerSnapshot | undefined;
  readonly values?: ValueRewrite | undefined;
  readonly entries?: ((entry: StateEntry) => readonly NewEntry[]) | undefined;
  readonly counts: RewriteCounts;
  readonly watch: RewriteWatch;
}

/** A state of a stream as its entries are read. */
export function readAs(as: StreamState, { readAs: valueSerializer }: StateRewrite): StreamState {
  return valueSerializer === undefined ? as : { ...as, valueSerializer };
}

/** Whether a state's entries are copied or left out: timers have no value, so that a change of values does not concern them. */
export function isCopied({ target, values, entries }: StateRewrite): boolean {
  if (entries !== undefined) return false;
  if (values === undefined) return true;
  return target.kind === 'timer' && values.key === undefined && values.namespace === undefined;
}

/** Is told what happens to entries that change. */
export interface RewriteWatch {
  /** Whether the thrown thing only says that the part or entry is to be left out. */
  isSkip(thrown: unknown): boolean;
  /** An entry could not get its new form and is left out; anything but a failure of that kind is thrown again. */
  failed(thrown: unknown, entry: () => StateEntry | undefined): void;
  /** Whether an entry before and after is wanted. */
  readonly wantsSample: boolean;
  sample(before: StateEntry, after: readonly StateEntry[]): void;
}
