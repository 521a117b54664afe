import type { SnapshotSummary, StateSchema, StateStats } from '@statewright/inspect';
import type { Operator, Savepoint, State } from '@statewright/savepoint';
import type { SourcePlace } from '../schema/job-schema.js';
import type { BackendName } from '../verdict.js';
import type { FlinkConfig } from './flink-config.js';

/** What lint rules look at: one snapshot, measured; perhaps an earlier one, and Flink's configuration. */
export interface LintFacts {
  readonly savepoint: Savepoint;
  readonly snapshot: SnapshotSummary;
  /** In the order of the snapshot. */
  readonly operators: readonly OperatorFacts[];
  /** The earlier snapshot; undefined where none is named. */
  readonly since: LintFacts | undefined;
  readonly flinkConfig: FlinkConfig | undefined;
  /** The backend that runs the job, and who says so; undefined where nobody does. */
  readonly backend: { readonly name: BackendName; readonly from: string } | undefined;
  /** The time that it is. */
  readonly atMillis: number;
  /** The TTL that the job gives its states; snapshots do not hold it. */
  readonly ttlMillis: number | undefined;
  /** Whether uids were given to try on operators that are known by hash only. */
  readonly uidCandidates: boolean;
  /** States whose entries cannot be read, and why; empty where none were asked for. */
  readonly unread: readonly { readonly address: string; readonly why: string }[];
}

/** An operator with what is known of it. */
export interface OperatorFacts {
  readonly operator: Operator;
  readonly address: string;
  readonly place: SourcePlace | undefined;
  readonly states: readonly StateFacts[];
  /** Stored bytes of keyed state by subtask: compressed where the snapshot is. */
  readonly keyedBytes: ReadonlyMap<number, number>;
  /** Stored bytes of operator state by subtask. */
  readonly operatorBytes: ReadonlyMap<number, number>;
}

/** A state with what is known of it. */
export interface StateFacts {
  readonly operator: Operator;
  readonly state: State;
  /** `OPERATOR/STATE`. */
  readonly address: string;
  readonly place: SourcePlace | undefined;
  readonly schema: StateSchema;
  /** Undefined where values were not asked for, or cannot be read. */
  readonly stats: StateStats | undefined;
  /** What each subtask holds of a broadcast state; undefined for any other, and where `stats` is. */
  readonly broadcast: readonly BroadcastPart[] | undefined;
}

/** One subtask's copy of a broadcast state. */
export interface BroadcastPart {
  readonly subtask: number;
  readonly entries: number;
  /** Equal for equal maps, in whatever order they are stored. */
  readonly digest: string;
}

/** All states, operator by operator. */
export function statesOf({ operators }: LintFacts): readonly StateFacts[] {
  return operators.flatMap(({ states }) => states);
}

/** Whether a state belongs to a key: timers do, operator state does not. */
export function isKeyed({ kind }: State): boolean {
  return kind !== 'operator-list' && kind !== 'union-list' && kind !== 'broadcast';
}

/** Entries, or the elements of a map whose frames alone were counted; undefined where nothing was. */
export function sizeOf({ stats }: StateFacts): number | undefined {
  return stats?.entries ?? stats?.elements ?? undefined;
}

/** Bytes of keys and values; undefined where they were not measured. */
export function bytesOf({ stats }: StateFacts): number | undefined {
  return stats === undefined ? undefined : (stats.keyBytes?.total ?? 0) + (stats.valueBytes?.total ?? 0);
}

/** The largest of the sums over operators of what one subtask index holds: what one slot has to carry at most. */
export function largestSlot(maps: readonly ReadonlyMap<number, number>[]): number {
  const sums = new Map<number, number>();
  for (const map of maps) {
    for (const [subtask, amount] of map) sums.set(subtask, (sums.get(subtask) ?? 0) + amount);
  }
  return Math.max(0, ...sums.values());
}
