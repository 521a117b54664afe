import type { StateKind } from '@statewright/savepoint';
import type { BackendName } from '../verdict.js';

/* What a contract is once `CONTRACT_SCHEMA` has let it pass. */

/** An exception beside the thing it excuses. */
export interface IgnoreDocument {
  readonly rule: string;
  readonly reason: string;
  readonly until?: string;
}

/** A state. */
export interface StateDocument {
  readonly kind: StateKind;
  readonly name?: string;
  readonly api?: 'v1' | 'v2';
  readonly key?: string | null;
  readonly namespace?: string | null;
  readonly value?: string;
  readonly serializer?: string;
  readonly userKey?: string;
  readonly ttl?: string | boolean;
  readonly ignore?: readonly IgnoreDocument[];
}

/** An operator. */
export interface OperatorDocument {
  readonly uid?: string | null;
  readonly id?: string;
  readonly name?: string;
  readonly maxParallelism?: number;
  readonly otherState?: boolean;
  readonly key?: string;
  readonly states?: { readonly [name: string]: StateDocument } | null;
  readonly ignore?: readonly IgnoreDocument[];
}

/** The whole contract. */
export interface ContractDocument {
  readonly version: 1;
  readonly flink?: string;
  readonly backend?: BackendName;
  readonly kryo?: readonly string[];
  readonly types?: { readonly [name: string]: string };
  readonly operators: { readonly [uid: string]: OperatorDocument };
  readonly ignore?: readonly IgnoreDocument[];
}
