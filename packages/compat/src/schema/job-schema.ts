import type { StateKind } from '@statewright/savepoint';
import type { SerializerSnapshot } from '@statewright/serializers';
import type { BackendName } from '../verdict.js';

/*
 * What a check compares: the states of a job with their serializers, whoever told them: a snapshot, or a state contract.
 * Both give real serializer snapshots, so that there is one comparison.
 */

/** Who told a schema. */
export interface SchemaSource {
  readonly kind: 'snapshot' | 'contract';
  /** As the caller named it. */
  readonly path: string;
  /** First and last Flink version that may have written it; undefined in a contract that does not say. */
  readonly flinkVersions: readonly [string, string] | undefined;
}

/** A place in a file that a person can go to. */
export interface SourcePlace {
  readonly file: string;
  /** From 1; a text only. */
  readonly line?: number;
  readonly column?: number;
  /** First byte and end; a snapshot only. */
  readonly start?: number;
  readonly end?: number;
}

/** An exception that is written down beside the thing it excuses. */
export interface InlineIgnore {
  readonly rule: string;
  readonly reason: string;
  /** Last day, `YYYY-MM-DD`; undefined: no end. */
  readonly until: string | undefined;
  readonly place: SourcePlace;
}

/** The states of a job, operator by operator. */
export interface JobSchema {
  readonly source: SchemaSource;
  readonly operators: readonly OperatorSchema[];
  /** Exceptions for the whole job; only a contract has them. */
  readonly ignores?: readonly InlineIgnore[];
  /** The backend that the job will run with; only a contract tells. */
  readonly backend?: BackendName | undefined;
}

/** An operator with the states that it registers. */
export interface OperatorSchema {
  /** 32 hex digits. */
  readonly id: string;
  readonly uid: string | undefined;
  readonly name: string | undefined;
  /** Undefined where a contract does not say. */
  readonly parallelism: number | undefined;
  readonly maxParallelism: number | undefined;
  readonly states: readonly StateDeclaration[];
  /** It holds coordinator state, or state without a described structure: Flink refuses to lose it. */
  readonly hasOtherState: boolean;
  /** States that exist and that no header tells: what stands behind a serializer that could not be read. Default: none. */
  readonly hidden?: readonly HiddenStates[];
  readonly ignores: readonly InlineIgnore[];
  readonly place: SourcePlace;
}

/** States of one subtask of which nothing is known but that they are there. */
export interface HiddenStates {
  /** Undefined where even their number cannot be read. */
  readonly count: number | undefined;
  /** Why the header could not be read further: one sentence without a full stop. */
  readonly why: string;
  readonly place: SourcePlace;
}

/** A state of an operator as the job declares it. */
export interface StateDeclaration {
  readonly name: string;
  readonly kind: StateKind;
  readonly ttl: boolean;
  /** Milliseconds; only a contract tells. */
  readonly ttlMillis: bigint | undefined;
  /** Keyed and broadcast state. */
  readonly key: SerializerSnapshot | undefined;
  readonly namespace: SerializerSnapshot | undefined;
  /** The whole state's serializer for keyed state (TTL wrappers on), the element's for lists, the value's for broadcast. */
  readonly value: SerializerSnapshot;
  /** State V2 API (Flink 2.0+): `value` is the list's element's or the map's value's. */
  readonly stateV2: boolean;
  readonly userKey: SerializerSnapshot | undefined;
  readonly ignores: readonly InlineIgnore[];
  readonly place: SourcePlace;
}
