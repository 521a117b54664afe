import type { StateKind } from '@statewright/savepoint';
import type { JsonLong, OpaquePart, OperatorNames, SnapshotSummary } from '../views.js';
import type { Distribution } from './histogram.js';

/** What `stats` shows. */
export interface StatsView {
  readonly schemaVersion: 1;
  readonly view: 'stats';
  readonly snapshot: SnapshotSummary;
  /** Whether values were to be decoded; if not, frames are counted wherever a format has them. */
  readonly values: boolean;
  /** The time that expiry and timers are measured against. */
  readonly atMillis: number;
  readonly ttlMillis: number | null;
  readonly total: { readonly entries: number; readonly keyBytes: number; readonly valueBytes: number };
  readonly states: readonly StateStats[];
  /** States whose entries cannot be read, and why. */
  readonly unread: readonly { readonly address: string; readonly why: string }[];
}

/** Statistics of one state over all its subtasks. */
export interface StateStats {
  readonly operator: OperatorNames;
  readonly name: string;
  readonly kind: StateKind;
  readonly address: string;
  readonly type: string;
  /** Whether entries were decoded; if not, there are no keys, elements, times, and minimum and maximum are not exact. */
  readonly decoded: boolean;
  /** Null for a map that was not decoded: its frames are its elements. */
  readonly entries: number | null;
  /** Of lists and maps: all elements; null for other kinds. */
  readonly elements: number | null;
  readonly keyBytes: Distribution | null;
  readonly valueBytes: Distribution | null;
  /** Elements per list or map. */
  readonly elementsPerEntry: Distribution | null;
  readonly topKeys: readonly TopEntry[];
  readonly largest: readonly TopEntry[];
  readonly keyGroups: KeyGroupStats | null;
  readonly subtasks: readonly {
    readonly subtask: number;
    readonly entries: number;
    readonly bytes: number;
  }[];
  readonly ttl: TtlStats | null;
  readonly timers: TimerStats | null;
  readonly opaque: OpaqueStats;
}

/** One entry that stands out. */
export interface TopEntry {
  readonly key: unknown;
  readonly namespace: unknown;
  readonly keyGroup: number | null;
  readonly subtask: number;
  readonly bytes: number;
  readonly elements: number | null;
}

/** How even the key groups of a state are. */
export interface KeyGroupStats {
  /** Key groups of the operator, and how many hold entries. */
  readonly count: number;
  readonly used: number;
  /** Bytes of the largest key group over the mean of all: 1 is even. */
  readonly skew: number;
  readonly largest: readonly {
    readonly keyGroup: number;
    readonly entries: number;
    readonly bytes: number;
  }[];
  /** Bytes of each key group from the first, where that was asked for. */
  readonly bytes?: readonly number[];
}

/** How old the values of a TTL state are. */
export interface TtlStats {
  /** Values with a last-access time. */
  readonly values: number;
  readonly oldestMillis: JsonLong | null;
  readonly newestMillis: JsonLong | null;
  /** With a TTL duration: how many were expired at `atMillis`. */
  readonly expired: number | null;
  readonly expiredShare: number | null;
  /** Values by the time since their last access, the latest first, where that was asked for. */
  readonly ages?: readonly AgeBucket[];
}

/** Values last accessed less than `untilMillis` before `atMillis`, and not counted in a bucket before; null is without end. */
export interface AgeBucket {
  readonly name: string;
  readonly untilMillis: number | null;
  readonly values: number;
  /** Of them: expired at `atMillis`; null where no TTL is known. */
  readonly expired: number | null;
}

/** When timers are due. */
export interface TimerStats {
  readonly earliestMillis: JsonLong | null;
  readonly latestMillis: JsonLong | null;
  /** Timers by the time until they are due; a bucket ends before `untilMillis` from `atMillis`, null is without end. */
  readonly buckets: readonly {
    readonly name: string;
    readonly untilMillis: number | null;
    readonly count: number;
  }[];
}

/** How much of the values no snapshot explains. */
export interface OpaqueStats {
  /** Bytes of values that no snapshot explains; null when values were not decoded and the type does not tell. */
  readonly bytes: number | null;
  readonly share: number | null;
  readonly parts: readonly OpaquePart[];
}
